"""A process that makes no sense is told so, fault by fault, line by line (O10)."""

import pytest
from django.utils.translation import override

from claimdesk.orders.process.library import names, text_of
from claimdesk.orders.process.problems import NotAProcess
from claimdesk.orders.process.reading import read_process
from claimdesk.orders.process.validation import problems_of
from claimdesk.orders.process.vocabulary import COMMANDS, GUARDS
from tests.orders.process.test_reading import SMALL


def faults(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in problems_of(read_process(text))]


def with_more(text: str) -> str:
    return SMALL + text


@pytest.mark.parametrize("name", names())
def test_the_processes_that_come_along_are_sound(name: str):  # O9
    process = read_process(text_of(name))

    assert problems_of(process) == []
    assert process.name == name
    assert all("de" in state.labels for state in process.states.values())
    assert all("de" in event.labels for event in process.events.values())


def test_the_default_process_has_the_states_that_were_promised():  # O9
    process = read_process(text_of("default"))

    assert set(process.states) == {
        "new", "payment_pending", "confirmed", "exported", "shipped", "delivered", "closed", "canceled",
        "waiting_for_return", "returned", "refunded", "return_canceled", "shipped_back",
    }  # fmt: skip
    assert process.happy_path == ("new", "confirmed", "exported", "shipped", "delivered", "closed")


def test_all_guards_and_commands_say_what_they_do():
    assert all(str(text).strip() for text in (*GUARDS.values(), *COMMANDS.values()))


LOST = '[state.lost]\nlabel = "Lost"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SMALL.replace('start = "new"', 'start = "nwe"'), [(2, "unknown_state")]),
        (SMALL.replace('["new", "done"]', '["new", "gone"]'), [(3, "unknown_state")]),
        (SMALL.replace('to = "done"', 'to = "dome"', 1), [(23, "unknown_state")]),
        (SMALL.replace('event = "finish"', 'event = "finsh"'), [(23, "unknown_event")]),
        (SMALL.replace('if = "paid"', 'if = "payed"'), [(28, "unknown_guard")]),
        (SMALL.replace('by = ["staff", "customer"]', 'command = "refnd"'), [(13, "unknown_command")]),
        (SMALL.replace('["final"]', '["finale"]'), [(9, "unknown_flag")]),
        (with_more(LOST + "flags = ['final']\n"), [(33, "unreachable")]),
        (with_more(LOST + "[[transition]]\nevent = 'finish'\nfrom = 'lost'\nto = 'done'\n"), [(33, "unreachable")]),
        (with_more(LOST + "[event.lose]\nkind='manual'\nlabel='Lose'\n[[transition]]\nevent='lose'\nfrom='new'\nto='lost'\n"), [(33, "dead_end")]),
        (SMALL.replace('flags = ["final"]', ""), [(2, "no_end"), (3, "happy_path")]),
        (with_more("[[transition]]\nevent = 'finish'\nfrom = 'done'\nto = 'new'\n"), [(33, "leaves_final")]),
        (with_more("[event.never]\nkind='manual'\nlabel='Never'\n"), [(33, "unused_event")]),
        (SMALL.replace('after = "36 hours"\n', ""), [(18, "no_duration")]),
        (SMALL.replace('by = ["staff", "customer"]', 'after = "1 day"'), [(13, "no_timeout")]),
        (SMALL.replace('after = "36 hours"', 'after = "36 hours"\nby = ["staff"]'), [(18, "not_manual")]),
        (with_more("[[transition]]\nevent = 'finish'\nfrom = 'new'\nto = 'done'\nif = 'paid'\n"), [(33, "ambiguous")]),
        (with_more("[[transition]]\nevent = 'expire'\nfrom = 'new'\nto = 'done'\nif = 'paid'\n"), [(33, "ambiguous")]),
        (SMALL.replace('["new", "done"]', "[]"), [(3, "no_happy_path")]),
        (SMALL.replace('["new", "done"]', '["done"]'), [(3, "happy_path")]),
        (SMALL.replace('["new", "done"]', '["new"]'), [(3, "happy_path")]),
        (SMALL.replace('["new", "done"]', '["new", "new", "done"]'), [(3, "happy_path")]),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(text: str, expected: list[tuple[int, str]]):  # O10
    assert faults(text) == expected


ROUND = """
[state.a]
label = "A"
[state.b]
label = "B"
[event.go]
kind = "automatic"
label = "Go"
[[transition]]
event = "go"
from = "new"
to = "a"
[[transition]]
event = "go"
from = "a"
to = "b"
if = "paid"
[[transition]]
event = "go"
from = "b"
to = "a"
if = "erp_connected"
"""


def test_a_cycle_of_automatic_events_is_refused():  # O10
    found = faults(SMALL + ROUND)

    assert [code for _line, code in found].count("automatic_cycle") == 2


def test_going_round_without_a_way_out_is_a_dead_end():  # O10
    found = faults(SMALL + ROUND.replace('kind = "automatic"', 'kind = "manual"'))

    assert [code for _line, code in found] == ["dead_end", "dead_end"]


def test_a_guess_is_offered_for_a_misspelt_name():
    problem = problems_of(read_process(SMALL.replace('start = "new"', 'start = "nwe"')))[0]

    assert str(problem) == "line 2: there is no state 'nwe'; did you mean 'new'?"


def test_faults_are_told_in_the_language_of_who_reads():  # O10
    shape = SMALL.replace('after = "36 hours"', 'after = "soon"')

    with override("de"):
        unknown = problems_of(read_process(SMALL.replace('start = "new"', 'start = "nwe"')))[0]
        with pytest.raises(NotAProcess) as refusal:
            read_process(shape)
        told = str(unknown)

    assert told.startswith("Zeile 2: ")
    assert unknown.message == "es gibt keinen Zustand 'nwe'; meinten Sie 'new'?"
    assert refusal.value.problems[0].message.startswith("'soon' ist keine Zeitspanne")


def test_nothing_leads_out_of_being_canceled():  # O10
    text = text_of("prepayment").replace('flags = ["canceled", "final"]', 'flags = ["canceled"]')
    back = '\n[[transition]]\nevent = "ship"\nfrom = "canceled"\nto = "shipped"\n'

    problems = problems_of(read_process(text + back))

    assert [problem.code for problem in problems] == ["leaves_canceled"]
    assert problems[0].line == text.count("\n") + 2
