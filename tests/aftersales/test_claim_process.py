"""The life of a warranty claim is one table (W13)."""

from claimdesk.aftersales.claim_process import ANY_OPEN, STATES, STEPS, moves, steps_from
from claimdesk.aftersales.models import WarrantyClaim


def events(state: str, who: str) -> list[str]:
    return [step.event for step in steps_from(state, who)]


def test_states_of_the_table_are_those_of_the_model():  # W13
    assert list(STATES) == list(WarrantyClaim.State.values)
    assert {step.closing for step in STEPS if step.closing} == set(WarrantyClaim.Closing.values)


def test_closed_leads_nowhere_and_every_other_state_leads_there():  # W11
    reached = moves()

    assert "closed" not in reached
    assert not [step for step in STEPS if "closed" in step.states]
    assert all("closed" in reached[state] for state in ANY_OPEN)


def test_each_person_is_offered_what_is_his():  # W2 W4 W9 W10 W11 W12 W16
    assert events("draft", "customer") == ["submit", "delete"]
    assert events("submitted", "customer") == ["withdraw"]
    assert events("submitted", "agent") == ["take", "mark_duplicate", "close"]
    assert events("in_review", "agent") == ["ask", "decide", "propose", "mark_duplicate", "close"]
    assert events("information_requested", "customer") == ["answer"]
    assert events("awaiting_approval", "approver") == ["confirm", "send_back"]
    assert events("partly_approved", "customer") == ["appeal"]
    assert events("approved", "customer") == []
    assert events("partly_approved", "finance") == ["settle"]
    assert [events(state, "customer") for state in ("closed", "in_review", "awaiting_approval")] == [
        [],
        [],
        [],
    ]


def test_timers_end_only_what_the_seller_lets_them_end():  # W10 W16
    assert {step.event: step.states for step in STEPS if "timer" in step.who} == {
        "delete": ("draft",),
        "give_up": ("information_requested",),
        "let_lapse": ("rejected",),
    }
