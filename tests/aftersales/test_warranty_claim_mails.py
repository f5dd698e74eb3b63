"""Every mail of a warranty claim's life is really sent by its event: the deed by its action, the worker does the rest."""

from datetime import timedelta

import pytest

from claimdesk.aftersales.actions.warranty_claims.decisions import LineDecision, appeal, decide_claim
from claimdesk.aftersales.actions.warranty_claims.drafts import withdraw_claim
from claimdesk.aftersales.actions.warranty_claims.review import (
    answer_about_claim,
    ask_about_claim,
    close_claim,
    take_claim,
)
from claimdesk.aftersales.actions.warranty_claims.settlements import settle_claim
from claimdesk.aftersales.models import ClaimLine, WarrantyClaim
from claimdesk.company.actions.system_emails import change_sending
from claimdesk.conversations.models import OutgoingMail
from claimdesk.conversations.queries.threads import mails_about
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import clock_at, now
from claimdesk.people.models import Notification, User
from claimdesk.people.queries.staff import staff_actor
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def dealer():
    make.company(name="Northwind", currency="EUR")
    return make.dealer()


@pytest.fixture
def agent():
    return staff_actor(make.staff("service"))


def mails(key: str) -> list[OutgoingMail]:
    """What the worker made of it, when all is done."""
    work_off()
    return list(OutgoingMail.objects.filter(key=f"warranty_claim_{key}").order_by("pk"))


def reads(actor, **wishes: str) -> None:
    """Let somebody read as he wishes."""
    User.objects.filter(pk=actor.id).update(**wishes)


def to(actor) -> str:
    return User.objects.get(pk=actor.id).email


def in_review(dealer, agent, *amounts: int) -> WarrantyClaim:
    return take_claim(make.warranty_claim(*(amounts or (10_000,)), by=dealer), by=agent)


def decide(claim: WarrantyClaim, by, amount: int, reason: str = "") -> WarrantyClaim:
    lines = ClaimLine.objects.filter(job__claim=claim)
    return decide_claim(claim, decisions={line.pk: LineDecision(amount, reason) for line in lines}, by=by)


def test_a_submitted_claim_is_confirmed_and_staff_are_told(dealer, agent):  # E1 K4 A85
    reads(dealer, language="de", date_format="d.m.Y")
    claim = make.warranty_claim(12_345, by=dealer)

    [confirmed] = mails("submitted")
    [told] = mails("waits")
    assert (confirmed.to, told.to) == (to(dealer), to(agent))
    assert confirmed.language == "de"
    assert "123,45\xa0€" in confirmed.text
    assert f"{claim.failed_on:%d.%m.%Y}" in confirmed.text
    assert claim.number in confirmed.subject
    assert list(mails_about(claim, actor=dealer)) == [confirmed]
    assert set(mails_about(claim, actor=agent)) == {confirmed, told}
    assert Notification.objects.filter(user_id=agent.id).count() == 1


def test_a_question_and_its_answer_are_mailed_and_the_reminder_too(dealer, agent):  # W8 W10 E1
    claim = ask_about_claim(in_review(dealer, agent), text="Which plate?", by=agent)
    [question] = mails("asked")
    with clock_at(now() + timedelta(days=7, minutes=1)):
        [reminder] = mails("reminded")
    answer_about_claim(claim, text="The red one.", by=dealer)

    [answer] = mails("answered")
    assert (question.to, reminder.to, answer.to) == (to(dealer), to(dealer), to(agent))
    assert "Which plate?" in question.text
    assert "Which plate?" in reminder.text
    assert "The red one." in answer.text


def test_a_decision_tells_amounts_and_reasons_and_until_when_to_appeal(dealer, agent):  # E1 W9 W11
    claim = decide(in_review(dealer, agent), agent, 6_000, "Half of its life was over.")
    [decided] = mails("decided")
    appeal(claim, text="It was new.", by=dealer)

    [appealed] = mails("appealed")
    assert "Partly approved" in decided.subject
    assert "€60.00 of €100.00. Half of its life was over." in decided.text
    assert "appeal once until" in decided.text
    assert agent.name not in decided.text
    assert appealed.to == to(agent)
    assert "It was new." in appealed.text


def test_a_settlement_and_a_close_tell_how_and_why(dealer, agent):  # E1 W12 W16
    paid = decide(in_review(dealer, agent), agent, 10_000)
    settle_claim(paid, method="credit", reference="C-1", by=agent)
    close_claim(in_review(dealer, agent), reason="Repaired free of charge.", by=agent)

    [settled], [closed] = mails("settled"), mails("closed")
    assert "€100.00" in settled.text
    assert "C-1" in settled.text
    assert "Repaired free of charge." in closed.text


def test_who_withdraws_is_not_told_but_staff_and_the_colleague_are(dealer, agent):  # E1 edge 18
    withdraw_claim(make.warranty_claim(by=dealer), by=dealer)
    assert [mail.to for mail in mails("withdrawn")] == [to(agent)]
    assert mails("closed") == []
    claim = make.warranty_claim(by=dealer)

    withdraw_claim(claim, by=make.dealer(claim.customer))

    assert [mail.to for mail in mails("closed")] == [to(dealer)]


def test_a_mail_that_is_switched_off_is_not_made(dealer):  # E1
    change_sending("warranty_claim_submitted", is_on=False, by=SYSTEM)

    make.warranty_claim(by=dealer)

    assert mails("submitted") == []


def test_who_left_the_customer_is_mailed_no_more(dealer, agent):  # edge 27
    claim = in_review(dealer, agent)
    User.objects.get(pk=dealer.id).memberships.update(state="removed")

    ask_about_claim(claim, text="Which plate?", by=agent)

    assert [mail.to for mail in mails("asked")] == [claim.customer.email]
