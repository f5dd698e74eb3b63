"""Reminders: staff hear of what waits too long, once an hour at most, and never of what is decided."""

from datetime import timedelta

import pytest

from claimdesk.access.actions.account_claim_questions import answer_question, ask_claimant
from claimdesk.access.actions.account_claims import (
    approve_account_claim,
    deny_account_claim,
    make_account_claim,
    settle_pending,
    undo_decision,
)
from claimdesk.access.models import AccountClaim
from claimdesk.kernel.actor import SYSTEM, Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Event, Timer
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


def claim_made(hours_ago: int = 0) -> AccountClaim:
    """A claim made by its action, with its timers, that many hours ago."""
    claim = make_account_claim(make.user(), customer=make.customer(), by=SYSTEM)
    at = now() - timedelta(hours=hours_ago)
    AccountClaim.objects.filter(pk=claim.pk).update(created_at=at)
    for timer in Timer.objects.filter(subject=f"account_claim/{claim.pk}"):
        Timer.objects.filter(pk=timer.pk).update(due_at=timer.due_at - timedelta(hours=hours_ago))
    return claim


def set_for(claim: AccountClaim) -> int:
    """How many timers are set for the claim."""
    return Timer.objects.filter(subject=f"account_claim/{claim.pk}", state="due").count()


def reminders() -> list[Event]:
    """The reminders told so far."""
    return list(Event.objects.filter(kind="account_claim.reminded").order_by("id"))


def test_staff_are_reminded_after_the_set_time_and_not_before():  # A56
    make.company(remind_after_hours=24, escalate_after_hours=72)
    late, young = claim_made(hours_ago=25), claim_made(hours_ago=23)

    work_off()

    assert [event.subject for event in reminders()] == [f"account_claim/{late.pk}"]
    assert reminders()[0].data["hours"] == 25
    assert set_for(young) == 2


def test_after_longer_it_escalates():  # A56
    make.company(remind_after_hours=24, escalate_after_hours=72)
    claim_made(hours_ago=73)

    work_off()

    assert [event.data["is_escalated"] for event in reminders()] == [False, True]


def test_a_full_queue_is_one_reminder():  # A56
    make.company(remind_after_hours=24, escalate_after_hours=72)
    for _ in range(5):
        claim_made(hours_ago=30)

    work_off()

    assert [event.data["others"] for event in reminders()] == [4]


@pytest.mark.parametrize(
    "decide",
    [
        lambda claim: approve_account_claim(claim, by=make.STAFF),
        lambda claim: deny_account_claim(claim, by=make.STAFF),
        lambda claim: settle_pending(claim.user, claim.customer, make.STAFF),
    ],
    ids=["approved", "denied", "settled"],
)
def test_nobody_is_reminded_of_what_is_decided(decide):  # A56
    claim = claim_made(hours_ago=30)

    decide(claim)

    assert set_for(claim) == 0
    work_off()
    assert reminders() == []


def test_a_decision_taken_back_waits_again():  # A56 A55
    claim = claim_made()
    deny_account_claim(claim, by=make.STAFF)

    undo_decision(claim, by=make.STAFF)

    assert set_for(claim) == 2


def test_staff_are_not_reminded_while_the_applicant_is_awaited():  # A56 A46
    claim = claim_made()
    ask_claimant(claim, body="Which branch?", by=make.STAFF)
    assert set_for(claim) == 0

    answer_question(claim, body="Leeds", by=Actor(kind="user", id=claim.user_id))

    assert set_for(claim) == 2
