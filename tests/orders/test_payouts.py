"""Payouts: a provider that is silent is asked again with the same key, and nothing is paid twice."""

from decimal import Decimal

import pytest

from claimdesk.kernel.clock import clock_at, now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.orders import payments
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.payouts import PAUSES, confirm_payout, end_payout, retry_payout
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Invoice, Refund
from claimdesk.orders.payments import Answer, Payout, ProviderSilent, add_provider
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


class Bank:
    """A provider as they are: it pays once for a key, and may be silent about it."""

    key = "bank"
    label = "by bank"

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.paid: dict[str, int] = {}
        self.asked: list[str] = []

    def pay_out(self, payout: Payout) -> Answer:
        self.asked.append(payout.key)
        answer = self.answers.pop(0) if self.answers else "done"
        if answer == "refused":
            return Answer("refused", words="Account closed")
        self.paid.setdefault(payout.key, payout.amount)
        if answer == "silent":
            raise ProviderSilent
        return Answer("done", reference=f"T{len(self.paid)}")


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch):
    """Add a bank that gives these answers."""
    monkeypatch.setattr(payments, "_providers", dict(payments._providers))

    def open_(*answers: str) -> Bank:
        provider = Bank(*answers)
        add_provider(provider)
        return provider

    return open_


def payout(method: str) -> Refund:
    """A refund of a paid invoice, that is to be paid out."""
    order = make.order(quantities=(10,))
    book_payment(invoice=write_invoice(order, by=make.STAFF), amount=order.total, by=make.STAFF)
    line = order.lines.get().pk
    (refund,) = refund_lines(order, lines={line: Decimal(2)}, method=method, key=f"k{line}", by=make.STAFF)
    return refund


def test_the_worker_has_a_payout_made(bank):  # O20
    provider = bank()
    refund = payout("bank")

    work_off()

    refund.refresh_from_db()
    assert (refund.state, refund.reference) == ("done", "T1")
    assert provider.paid == {refund.idempotency_key: 2380}
    assert Event.objects.get(kind="refund.paid_out").data["amount"] == "23.80 EUR"


def test_a_silent_provider_is_asked_again_with_the_same_key_and_pays_once(bank):  # O20
    provider = bank("silent", "silent")
    refund = payout("bank")

    work_off()
    refund.refresh_from_db()
    assert (refund.state, refund.attempts) == ("pending", 1)
    for pause in PAUSES[:2]:
        with clock_at(now() + pause * 2):
            work_off()

    refund.refresh_from_db()
    assert refund.state == "done"
    assert provider.asked == [refund.idempotency_key] * 3
    assert provider.paid == {refund.idempotency_key: 2380}
    assert Event.objects.filter(kind="refund.paid_out").count() == 1


def test_an_answer_that_comes_late_changes_nothing(bank):  # O20
    bank()
    refund = payout("bank")
    work_off()

    end_payout(refund, answer=Answer("refused", words="too late"), by=make.STAFF)

    refund.refresh_from_db()
    assert refund.state == "done"
    assert not Event.objects.filter(kind="refund.failed").exists()


def test_a_refused_payout_stays_reserved_and_can_be_tried_otherwise(bank):  # O20
    bank("refused")
    refund = payout("bank")
    work_off()
    refund.refresh_from_db()
    assert (refund.state, refund.answer) == ("failed", "Account closed")
    assert Invoice.objects.get().paid_out == 2380

    retry_payout(refund, method="by_hand", by=make.STAFF)
    work_off()
    confirm_payout(refund, reference="by cheque 7", by=make.STAFF)

    refund.refresh_from_db()
    assert (refund.state, refund.method, refund.reference) == ("done", "by_hand", "by cheque 7")
    assert Invoice.objects.get().paid_out == 2380


def test_a_payout_by_hand_waits_for_a_hand_and_is_confirmed_once():  # O20
    refund = payout("by_hand")
    work_off()
    refund.refresh_from_db()
    assert refund.state == "pending"

    confirm_payout(refund, reference="SEPA 1", by=make.STAFF)
    with pytest.raises(Refused) as refusal:
        confirm_payout(refund, reference="SEPA 1", by=make.STAFF)

    assert refusal.value.code == "already_settled"
    assert Event.objects.filter(kind="refund.paid_out").count() == 1


def test_what_a_provider_pays_out_is_not_confirmed_by_hand(bank):  # O20
    bank("silent")
    refund = payout("bank")
    work_off()

    with pytest.raises(Refused) as refusal:
        confirm_payout(refund, by=make.STAFF)

    assert refusal.value.code == "not_by_hand"
    refund.refresh_from_db()
    assert refund.state == "pending"


def test_on_account_is_done_at_once():  # O20
    refund = payout("on_account")

    work_off()

    refund.refresh_from_db()
    assert refund.state == "done"


def test_a_payout_that_is_under_way_is_not_tried_otherwise(bank):  # O20
    bank("silent")
    refund = payout("bank")
    work_off()

    with pytest.raises(Refused) as refusal:
        retry_payout(refund, method="by_hand", by=make.STAFF)

    assert refusal.value.code == "already_settled"
    refund.refresh_from_db()
    assert refund.method == "bank"
