"""Rivals at one order's money."""

from decimal import Decimal
from functools import partial

import pytest

from claimdesk.kernel.refused import Refused
from claimdesk.orders.actions.invoices import void_invoice, write_invoice
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.actions.payments import book_payment, unbook_payment
from claimdesk.orders.actions.payouts import confirm_payout
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Allotment, Invoice, Order, OrderItem, Payment, Refund
from tests import make

pytestmark = pytest.mark.race

ROUNDS = 4


def codes(results):
    """The refusals' codes; anything else that went wrong fails the test."""
    errors = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert errors == []
    return sorted(one.code for one in results if isinstance(one, Refused))


def invoiced(**fields):
    """An order, its invoice and the key of its line."""
    order = make.order(quantities=(3,), **fields)
    return order, write_invoice(order, by=make.STAFF), order.lines.get().pk


def refund(order, line, key, quantity=3):
    """Refund as a request does: with an order read anew."""
    return refund_lines(
        Order.objects.get(pk=order.pk), lines={line: Decimal(quantity)}, key=key, by=make.STAFF
    )


def test_two_people_refund_the_same_line_at_once(race):  # O18
    for n in range(ROUNDS):
        order, invoice, line = invoiced()

        results = race(*[partial(refund, order, line, f"{n}-{rival}") for rival in range(4)])

        assert codes(results) == ["already_refunded"] * 3
        invoice.refresh_from_db()
        assert invoice.credited == order.total
        assert Allotment.objects.get(pk=line).credited == order.total


def test_one_key_sent_twice_at_once_is_one_refund(race):  # O20
    for n in range(ROUNDS):
        order, _invoice, line = invoiced()

        results = race(*[partial(refund, order, line, f"{n}", 1)] * 3)

        assert codes(results) == []
        assert Refund.objects.filter(order=order).count() == 1


def test_refund_and_taking_back_the_payment_at_once_never_pay_out_more_than_is_paid(race):  # O18
    for n in range(ROUNDS):
        order, invoice, line = invoiced()
        payment = book_payment(invoice=invoice, amount=order.total, by=make.STAFF)

        codes(
            race(
                partial(refund, order, line, f"{n}"),
                partial(unbook_payment, Payment.objects.get(pk=payment.pk), reason="bounced", by=make.STAFF),
            )
        )

        invoice.refresh_from_db()
        assert invoice.credited + invoice.paid_out == order.total
        assert invoice.paid_out <= invoice.paid
        assert invoice.paid in (0, order.total)


def test_two_payments_at_once_never_make_more_than_is_open(race):  # O18
    for _ in range(ROUNDS):
        order, invoice, _line = invoiced()

        results = race(
            *[partial(book_payment, invoice=Invoice.objects.get(pk=invoice.pk), amount=2000, by=make.STAFF)]
            * 3
        )

        assert codes(results) == ["more_than_open"] * 2
        invoice.refresh_from_db()
        assert invoice.paid == 2000 == sum(order.payments.values_list("amount", flat=True))


def test_an_order_is_invoiced_once_by_rivals(race):  # O17
    for _ in range(ROUNDS):
        order = make.order(quantities=(3,))

        results = race(*[partial(write_invoice, Order.objects.get(pk=order.pk), by=make.STAFF)] * 3)

        assert codes(results) == ["nothing_to_invoice"] * 2
        assert Invoice.objects.get(order=order).total == order.total


def test_void_and_payment_at_once_leave_no_payment_on_a_void_invoice(race):  # O17
    for _ in range(ROUNDS):
        _order, invoice, _line = invoiced()

        results = race(
            partial(void_invoice, Invoice.objects.get(pk=invoice.pk), reason="twice", by=make.STAFF),
            partial(book_payment, invoice=Invoice.objects.get(pk=invoice.pk), amount=100, by=make.STAFF),
        )

        assert len(codes(results)) == 1
        invoice.refresh_from_db()
        assert (invoice.state, invoice.paid) in [("void", 0), ("open", 100)]


def test_a_payout_is_confirmed_once_by_rivals(race):  # O20
    for n in range(ROUNDS):
        order, invoice, line = invoiced()
        book_payment(invoice=invoice, amount=order.total, by=make.STAFF)
        (row,) = refund(order, line, f"{n}")

        results = race(
            *[
                partial(confirm_payout, Refund.objects.get(pk=row.pk), reference=str(r), by=make.STAFF)
                for r in "abc"
            ]
        )

        assert codes(results) == ["already_settled"] * 2


def test_refund_by_the_process_and_by_hand_and_a_payment_at_once_never_wait_for_each_other(race):  # O13
    for n in range(ROUNDS):
        order, invoice, line = invoiced(state="returned")
        item = OrderItem.objects.get(order=order)

        results = race(
            partial(trigger_event, [item], "refund", by=make.STAFF),
            partial(refund, order, line, f"{n}"),
            partial(book_payment, invoice=Invoice.objects.get(pk=invoice.pk), amount=100, by=make.STAFF),
        )

        codes(results)
        row = Allotment.objects.get(pk=line)
        assert row.refunded_quantity == 3
        assert row.credited + row.paid_out == order.total
