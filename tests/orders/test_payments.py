"""Payments: booked on invoices and orders, taken back by a counter entry."""

from datetime import timedelta

import pytest

from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.invoices import void_invoice, write_invoice
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.actions.payments import book_payment, unbook_payment
from claimdesk.orders.models import OrderBalance, OrderItem, Payment
from claimdesk.orders.queries.payments import advance_wanted
from tests import make

pytestmark = pytest.mark.django_db


def test_a_payment_lessens_what_is_open():  # O3
    invoice = write_invoice(make.order(quantities=(10,)), by=make.STAFF)

    payment = book_payment(invoice=invoice, amount=1900, reference="A 1", by=make.STAFF)

    invoice.refresh_from_db()
    assert (invoice.paid, invoice.open_amount) == (1900, 10000)
    assert payment.order == invoice.order
    assert Event.objects.get(kind="payment.booked").data["amount"] == "19.00 EUR"


def test_no_more_is_booked_than_is_open():  # O18
    invoice = write_invoice(make.order(quantities=(10,)), by=make.STAFF)
    book_payment(invoice=invoice, amount=11800, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        book_payment(invoice=invoice, amount=101, by=make.STAFF)

    assert refusal.value.code == "more_than_open"
    assert "1.00 EUR" in refusal.value.message
    invoice.refresh_from_db()
    assert invoice.paid == 11800
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_is_more_than_nothing(amount):  # O18
    invoice = write_invoice(make.order(), by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        book_payment(invoice=invoice, amount=amount, by=make.STAFF)

    assert refusal.value.code == "amount_not_positive"
    assert not Payment.objects.exists()


def test_a_payment_is_not_booked_before_its_day():  # O18
    invoice = write_invoice(make.order(), by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        book_payment(invoice=invoice, amount=1, paid_on=today() + timedelta(days=2), by=make.STAFF)

    assert refusal.value.code == "paid_in_future"


def test_nothing_is_booked_on_a_void_invoice():  # O17
    invoice = write_invoice(make.order(), by=make.STAFF)
    void_invoice(invoice, reason="twice", by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        book_payment(invoice=invoice, amount=100, by=make.STAFF)

    assert refusal.value.code == "invoice_void"
    assert not Payment.objects.exists()


def test_a_paid_invoice_is_not_voided():  # O17
    invoice = write_invoice(make.order(), by=make.STAFF)
    book_payment(invoice=invoice, amount=100, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        void_invoice(invoice, reason="twice", by=make.STAFF)

    assert refusal.value.code == "invoice_paid"
    invoice.refresh_from_db()
    assert invoice.state == "open"


def test_a_payment_is_taken_back_by_a_counter_entry_once():  # O18
    invoice = write_invoice(make.order(), by=make.STAFF)
    payment = book_payment(invoice=invoice, amount=1000, by=make.STAFF)

    counter = unbook_payment(payment, reason="another customer's", by=make.STAFF)
    with pytest.raises(Refused) as again:
        unbook_payment(payment, reason="another customer's", by=make.STAFF)
    with pytest.raises(Refused) as of_the_counter_entry:
        unbook_payment(counter, reason="after all", by=make.STAFF)

    invoice.refresh_from_db()
    assert (invoice.paid, counter.amount, counter.reverses) == (0, -1000, payment)
    assert again.value.code == of_the_counter_entry.value.code == "already_unbooked"


def test_a_payment_in_advance_is_taken_on_the_invoice():  # O18
    order = make.order(quantities=(10,))
    book_payment(order=order, amount=5000, by=make.STAFF)

    invoice = write_invoice(order, by=make.STAFF)

    assert (invoice.paid, invoice.advance, invoice.open_amount) == (5000, 5000, 6900)
    assert OrderBalance.objects.get(order=order).advance == 0


def test_a_void_invoice_gives_the_advance_back_to_the_order():  # O17
    order = make.order(quantities=(10,))
    book_payment(order=order, amount=5000, by=make.STAFF)
    invoice = write_invoice(order, by=make.STAFF)

    void_invoice(invoice, reason="wrong address", by=make.STAFF)

    assert OrderBalance.objects.get(order=order).advance == 5000
    assert write_invoice(order, by=make.STAFF).open_amount == 6900


def test_an_advance_that_an_invoice_took_is_not_taken_back():  # O18
    order = make.order()
    payment = book_payment(order=order, amount=1000, by=make.STAFF)
    write_invoice(order, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        unbook_payment(payment, reason="bounced", by=make.STAFF)

    assert refusal.value.code == "advance_used"
    assert Payment.objects.count() == 1


def test_no_more_is_paid_in_advance_than_the_order_comes_to():  # O18
    order = make.order()
    book_payment(order=order, amount=order.total, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        book_payment(order=order, amount=1, by=make.STAFF)

    assert refusal.value.code == "more_than_open"


def test_nothing_is_paid_in_advance_for_what_was_canceled():  # O18
    order = make.order(quantities=(3, 1))
    trigger_event(order.items.filter(line__position=1), "cancel", by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        book_payment(order=order, amount=order.total, by=make.STAFF)

    assert refusal.value.code == "more_than_open"
    assert advance_wanted(order) == 1190
    book_payment(order=order, amount=1190, by=make.STAFF)
    assert advance_wanted(order) == 0
    assert write_invoice(order, by=make.STAFF).open_amount == 0


def test_an_order_that_was_canceled_as_a_whole_takes_no_money():  # O18
    order = make.order(quantities=(2,), freight=500)
    trigger_event(order.items.all(), "cancel", by=make.STAFF)

    with pytest.raises(Refused):
        book_payment(order=order, amount=1, by=make.STAFF)

    assert advance_wanted(order) == 0
    assert not Payment.objects.exists()


def test_items_that_waited_for_the_payment_move_on():  # O9
    order = make.order(state="payment_pending", payment_terms="prepayment")

    book_payment(order=order, amount=order.total, by=make.STAFF)

    assert OrderItem.objects.get(order=order).state == "exported"


def test_who_may_not_record_payments_books_none():  # O18
    invoice = write_invoice(make.order(), by=make.STAFF)
    seller = make.staff("sales")

    with pytest.raises(NotAllowed):
        book_payment(invoice=invoice, amount=100, by=make.actor(seller, door="office"))

    assert not Payment.objects.exists()
