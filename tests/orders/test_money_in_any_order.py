"""Whatever people do with an order's money, in whatever order: no cent is asked for or given back twice."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from claimdesk.kernel.refused import Refused
from claimdesk.orders.actions import allotments
from claimdesk.orders.actions.invoices import void_invoice, write_invoice
from claimdesk.orders.actions.payments import book_payment, unbook_payment
from claimdesk.orders.actions.refunds import refund_canceled, refund_lines
from claimdesk.orders.models import Allotment, Invoice, Order, OrderBalance, Payment, Refund
from claimdesk.orders.queries.payments import advance_wanted, asked_without_lines, left_to_invoice
from tests import make

STEPS = st.tuples(
    st.sampled_from(["invoice", "elsewhere", "void", "pay", "advance", "unbook", "refund", "cancel"]),
    st.integers(0, 2),
    st.sampled_from([Decimal(1), Decimal(2), Decimal("0.5"), Decimal("1.25")]),
    st.integers(1, 4000),
)


def step(order: Order, deed: str, place: int, quantity: Decimal, amount: int, key: str) -> None:
    """Do one deed, if the rules allow it."""
    line = order.lines.order_by("position")[place % order.lines.count()]
    wanted = {line.pk: quantity}
    bill = order.invoices.order_by("pk")[place : place + 1].first()
    payment = order.payments.order_by("pk")[place : place + 1].first()
    if deed == "invoice":
        write_invoice(order, lines=wanted if amount % 2 else None, by=make.STAFF)
    elif deed == "elsewhere" and amount <= advance_wanted(order):
        make.invoice(order=order, total=amount)
    elif deed == "void" and bill:
        void_invoice(bill, reason="wrong", by=make.STAFF)
    elif deed == "pay" and bill:
        book_payment(invoice=bill, amount=amount, by=make.STAFF)
    elif deed == "advance":
        book_payment(order=order, amount=amount, by=make.STAFF)
    elif deed == "unbook" and payment:
        unbook_payment(payment, reason="wrong", by=make.STAFF)
    elif deed == "refund":
        refund_lines(order, lines=wanted, key=key, by=make.STAFF)
    elif deed == "cancel":
        allotments.cancel(wanted)
        refund_canceled(order, lines=wanted, key=key, by=make.STAFF)


def assert_nothing_is_lost_or_doubled(order: Order) -> None:
    """Sums of rows, and sums of sums, are what they must be."""
    invoices = list(Invoice.objects.filter(order=order))
    standing = [row for row in invoices if row.state == "open"]
    refunds = list(Refund.objects.filter(order=order))
    paid = sum(Payment.objects.filter(order=order).values_list("amount", flat=True))
    payouts = sum(row.amount for row in refunds if row.kind == "payout")
    credits_ = sum(row.amount for row in refunds if row.kind == "credit" and row.invoice_id)
    balance = OrderBalance.objects.filter(order=order).first() or OrderBalance(order=order)
    assert 0 <= payouts <= paid
    assert credits_ == sum(row.credited for row in invoices) <= sum(row.total for row in standing)
    assert paid - payouts == balance.advance + sum(row.paid - row.paid_out for row in invoices)
    for row in standing:
        assert row.paid + row.credited <= row.total
        assert row.total == sum(line.amount + line.tax for line in row.lines.all()) or not row.lines.exists()
    asked = sum(row.total for row in standing)
    assert 0 <= balance.advance <= left_to_invoice(order)
    rows = Allotment.objects.filter(line__order=order).select_related("line")
    without_lines = asked_without_lines(order)
    assert asked <= sum(row.invoiced for row in rows) + balance.invoiced + without_lines <= order.total
    for row in rows:
        own = [refund for refund in refunds if refund.line_id == row.pk]
        assert sum(refund.amount for refund in own) <= row.given_back <= row.invoiced
        assert row.invoiced <= row.line.amount + row.line.tax
        if row.refunded_quantity == row.ordered:
            assert row.given_back == row.invoiced == row.line.amount + row.line.tax


@pytest.mark.django_db(transaction=False)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    prices=st.integers(0, 3333),
    quantities=st.lists(st.sampled_from([Decimal(1), Decimal(3), Decimal("2.5")]), min_size=1, max_size=3),
    freight=st.sampled_from([0, 777]),
    policy=st.sampled_from(["never", "last", "pro_rata"]),
    steps=st.lists(STEPS, max_size=12),
)
@example(  # what was free came back: its invoice cannot be void, or it would have come back twice
    prices=0,
    quantities=[Decimal(1)],
    freight=0,
    policy="never",
    steps=[(deed, 0, Decimal(1), 1) for deed in ("invoice", "refund", "void")],
)
@example(  # a second refund of a line on an invoice without lines finds no room below zero
    prices=128,
    quantities=[Decimal(1)],
    freight=0,
    policy="never",
    steps=[(deed, 0, Decimal("0.5"), 150) for deed in ("elsewhere", "refund", "cancel")],
)
def test_no_cent_is_lost_or_given_back_twice_in_any_order(prices, quantities, freight, policy, steps):  # O18
    make.company(freight_refund=policy)
    order = make.order(quantities=quantities, price=prices, freight=freight)

    for n, (deed, place, quantity, amount) in enumerate(steps):
        try:
            with transaction.atomic():
                step(order, deed, place, quantity, amount, key=f"{order.pk}-{n}")
        except Refused:
            pass
        assert_nothing_is_lost_or_doubled(order)
