"""Whatever happens to an item, it stays inside its process and can always reach an end."""

from hypothesis import given
from hypothesis import strategies as st

from claimdesk.orders.process.definition import Process
from claimdesk.orders.process.engine import next_automatic, next_transition, offered, timeouts
from claimdesk.orders.process.library import names, text_of
from claimdesk.orders.process.reading import read_process
from claimdesk.orders.process.validation import problems_of
from claimdesk.orders.process.vocabulary import GUARDS

DEFAULT = read_process(text_of("default"))
STATES = ["s0", "s1", "s2", "s3", "s4", "s5"]


@st.composite
def process_texts(draw: st.DrawFn) -> str:
    """A file of six states and some transitions, sound or not."""
    lines = ['name = "random"', 'start = "s0"', 'happy_path = ["s0", "s5"]']
    for name in STATES:
        flags = '["final"]' if name == "s5" else "[]"
        lines += [f"[state.{name}]", f'label = "{name}"', f"flags = {flags}"]
    for event, kind in (("push", "manual"), ("pull", "manual"), ("flow", "automatic"), ("wait", "timeout")):
        lines += [f"[event.{event}]", f'kind = "{kind}"', f'label = "{event}"']
        lines += ['after = "1 day"'] if kind == "timeout" else []
    steps = st.tuples(
        st.sampled_from(["push", "pull", "flow", "wait"]),
        st.sampled_from(STATES),
        st.sampled_from(STATES),
        st.sampled_from(["", "paid", "erp_connected"]),
    )
    chosen = [("push", "s0", "s5", ""), *draw(st.lists(steps, max_size=14))]
    for event, source, target, guard in chosen:
        lines += ["[[transition]]", f'event = "{event}"', f'from = "{source}"', f'to = "{target}"']
        lines += [f'if = "{guard}"'] if guard else []
    return "\n".join(lines)


def walk(process: Process, moves: list[tuple[str, set[str]]]) -> list[str]:
    """Trigger the events of `moves`, each with the guards that hold then; return the states passed."""
    states = [process.start]
    for event, true in moves:
        taken = next_transition(process, states[-1], event, true.__contains__)
        while taken:
            states.append(taken.target)
            taken = next_automatic(process, states[-1], true.__contains__)
            assert len(states) < 1_000
    return states


@given(process_texts(), st.lists(st.tuples(st.sampled_from(["push", "pull", "wait"]), st.sets(st.sampled_from(["paid", "erp_connected"]))), max_size=12))  # fmt: skip
def test_an_item_of_a_sound_process_stays_inside_and_automatic_events_end(  # O10
    text: str, moves: list[tuple[str, set[str]]]
):
    process = read_process(text)
    tolerable = {"unreachable", "unused_event"}
    if any(problem.code not in tolerable for problem in problems_of(process)):
        return

    states = walk(process, moves)

    assert set(states) <= set(process.states)
    assert all(not process.states[state].is_final for state in states[:-1])


@given(st.sampled_from(names()), st.data())
def test_from_wherever_chance_leads_an_end_can_be_reached(name: str, data: st.DataObject):  # O9
    process = read_process(text_of(name))
    events = sorted(process.events)
    moves = data.draw(
        st.lists(st.tuples(st.sampled_from(events), st.sets(st.sampled_from(sorted(GUARDS)))), max_size=20)
    )

    state = walk(process, moves)[-1]

    reached, waiting = {state}, [state]
    while waiting:
        for one in process.leaving[waiting.pop()]:
            if one.target not in reached:
                reached.add(one.target)
                waiting.append(one.target)
    assert any(process.states[name].is_final for name in reached)


def test_the_happy_path_is_walked_without_an_erp():  # O9
    holds = {"no_erp_connected", "no_approval_needed", "no_prepayment_due"}

    states = walk(DEFAULT, [(event, holds) for event in ("confirm", "ship", "deliver", "close")])

    assert tuple(states) == DEFAULT.happy_path


def test_with_an_erp_the_export_waits_for_it():  # O9
    holds = {"erp_connected", "no_approval_needed"}

    assert walk(DEFAULT, [("confirm", holds)])[-1] == "confirmed"
    assert walk(DEFAULT, [("confirm", holds), ("export", holds)])[-1] == "exported"


def test_what_waits_for_approval_is_not_confirmed():  # O22
    assert next_transition(DEFAULT, "new", "confirm", {"approval_needed"}.__contains__) is None


def test_an_event_that_does_not_belong_to_the_state_leads_nowhere():  # O12
    assert next_transition(DEFAULT, "closed", "ship", lambda _guard: True) is None


def test_each_sees_the_events_that_he_may_trigger():  # O12 O25
    def to(who: str, state: str) -> list[str]:
        return [event.name for event in offered(DEFAULT, state, to=who, passes=lambda _guard: True)]

    assert to("staff", "delivered") == ["close_now", "await_return"]
    assert to("customer", "delivered") == []
    assert to("customer", "confirmed") == ["cancel"]
    assert to("customer", "exported") == []


def test_timeouts_begin_with_the_state():  # O13
    assert [event.name for event in timeouts(DEFAULT, "delivered")] == ["close"]
    assert timeouts(DEFAULT, "shipped") == []
