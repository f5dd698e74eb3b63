"""Asking the claimant, his answers, and the reviewer's checklist."""

import pytest

from claimdesk.access.actions.account_claim_checklist import tick_checklist, untick_checklist
from claimdesk.access.actions.account_claim_questions import answer_question, ask_claimant
from claimdesk.access.actions.account_claims import deny_account_claim
from claimdesk.conversations.models import Message
from claimdesk.conversations.queries.threads import messages_about
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_question_leaves_the_claim_pending_and_awaits_the_applicant():  # A46
    claim = make.account_claim()

    ask_claimant(claim, body="Which branch do you work at?", by=make.STAFF)

    claim.refresh_from_db()
    assert (claim.state, claim.awaiting) == ("pending", "applicant")
    assert Event.objects.get().kind == "account_claim.asked"


def test_an_answer_awaits_staff_again():  # A46
    claim = make.account_claim()
    ask_claimant(claim, body="Which branch?", by=make.STAFF)
    claimant = Actor(kind="user", id=claim.user_id, name="Mia")

    answer_question(claim, body="Leeds", by=claimant)

    claim.refresh_from_db()
    assert claim.awaiting == "staff"
    assert [m.body for m in messages_about(claim, actor=claimant)] == ["Which branch?", "Leeds"]


def test_nobody_else_answers_and_nothing_is_said_to_a_decided_claim():  # A46
    claim = make.account_claim()
    with pytest.raises(NotAllowed):
        answer_question(claim, body="It was me", by=Actor(kind="user", id=make.user().pk))
    deny_account_claim(claim, by=make.STAFF)

    for deed in (
        lambda: ask_claimant(claim, body="Why?", by=make.STAFF),
        lambda: answer_question(claim, body="But", by=Actor(kind="user", id=claim.user_id)),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "already_decided"

    assert not Message.objects.exists()


def test_silence_is_no_question():  # A46
    with pytest.raises(Refused) as refusal:
        ask_claimant(make.account_claim(), body="  ", by=make.STAFF)

    assert refusal.value.code == "nothing_said"


def test_lines_of_the_checklist_are_ticked_once_and_unticked():  # A57
    make.company(checklist=["Rang them"])
    claim = make.account_claim()

    tick_checklist(claim, line="Rang them", by=make.STAFF)
    tick_checklist(claim, line="Rang them", by=make.STAFF)

    assert [tick.by_name for tick in claim.ticks.all()] == ["Sam Staff"]
    assert Event.objects.count() == 1
    untick_checklist(claim, line="Rang them", by=make.STAFF)
    assert not claim.ticks.exists()


def test_a_line_that_the_seller_does_not_have_is_refused():  # A57
    with pytest.raises(Refused) as refusal:
        tick_checklist(make.account_claim(), line="Anything", by=make.STAFF)

    assert refusal.value.code == "unknown_line"
