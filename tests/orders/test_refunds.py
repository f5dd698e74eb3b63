"""Refunds: credited where nothing was paid, paid out where something was, and never twice."""

from decimal import Decimal

import pytest

from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions import allotments
from claimdesk.orders.actions.invoices import void_invoice, write_invoice
from claimdesk.orders.actions.payments import book_payment, unbook_payment
from claimdesk.orders.actions.refunds import refund_canceled, refund_lines
from claimdesk.orders.models import Allotment, OrderBalance, Refund
from claimdesk.orders.queries.payments import left_to_invoice
from tests import make

pytestmark = pytest.mark.django_db


def line_of(order, place=0):
    """The key of one of an order's lines."""
    return order.lines.order_by("position")[place].pk


def refunded(order, quantity, *, place=0, key="k", **more):
    """Refund a quantity of one line."""
    wanted = {line_of(order, place): Decimal(quantity)}
    return refund_lines(order, lines=wanted, key=key, by=make.STAFF, **more)


def parts(rows):
    """What refunds are, in short."""
    return [(row.kind, row.amount, row.tax, row.state) for row in rows]


def test_an_unpaid_invoice_is_credited():  # O18
    order = make.order(quantities=(10,))
    invoice = write_invoice(order, by=make.STAFF)

    rows = refunded(order, 2)

    invoice.refresh_from_db()
    assert parts(rows) == [("credit", 2380, 380, "done")]
    assert (invoice.credited, invoice.open_amount) == (2380, 9520)
    event = Event.objects.get(kind="order.refunded")
    assert (event.data["what"].split(" × ")[0], event.data["amount"]) == ("2", "23.80 EUR")


def test_what_was_paid_is_paid_out():  # O18
    order = make.order(quantities=(10,))
    invoice = write_invoice(order, by=make.STAFF)
    book_payment(invoice=invoice, amount=11900, by=make.STAFF)

    rows = refunded(order, 2)

    invoice.refresh_from_db()
    assert parts(rows) == [("payout", 2380, 380, "pending")]
    assert (invoice.paid, invoice.paid_out, invoice.credited) == (11900, 2380, 0)
    assert Allotment.objects.get(pk=line_of(order)).paid_out == 2380


def test_of_a_half_paid_invoice_the_open_sum_is_credited_first():  # O18
    order = make.order(quantities=(10,))
    invoice = write_invoice(order, by=make.STAFF)
    book_payment(invoice=invoice, amount=10900, by=make.STAFF)

    rows = refunded(order, 2)

    assert parts(rows) == [("credit", 1000, 160, "done"), ("payout", 1380, 220, "pending")]


def test_refunds_of_a_line_piece_by_piece_add_up_to_what_was_paid():  # O18
    order = make.order(quantities=(3,), price=333)
    book_payment(invoice=write_invoice(order, by=make.STAFF), amount=order.total, by=make.STAFF)

    rows = [row for piece in range(3) for row in refunded(order, 1, key=f"k{piece}")]

    assert sum(row.amount for row in rows) == order.total
    assert sum(row.tax for row in rows) == order.tax


def test_the_same_key_again_moves_nothing():  # O20
    order = make.order(quantities=(10,))
    write_invoice(order, by=make.STAFF)

    first = refunded(order, 2)
    second = refunded(order, 2)

    assert [row.pk for row in first] == [row.pk for row in second]
    assert Allotment.objects.get(pk=line_of(order)).refunded_quantity == 2


def test_no_more_is_refunded_than_was_ordered():  # O18
    order = make.order(quantities=(3,))
    write_invoice(order, by=make.STAFF)
    refunded(order, 2)

    with pytest.raises(Refused) as refusal:
        refunded(order, 2, key="other")

    assert refusal.value.code == "already_refunded"
    assert Refund.objects.count() == 1
    assert Allotment.objects.get(pk=line_of(order)).settled == 2


def test_what_is_refunded_without_a_reclamation_cannot_be_claimed_any_more():  # R8
    order = make.order(quantities=(3,))
    write_invoice(order, by=make.STAFF)

    refunded(order, 2)

    with pytest.raises(Refused) as refusal:
        allotments.hold({line_of(order): Decimal(2)})
    assert refusal.value.code == "quantity_taken"


def test_what_a_reclamation_holds_is_left_to_it():  # R8
    order = make.order(quantities=(3,))
    write_invoice(order, by=make.STAFF)
    allotments.hold({line_of(order): Decimal(2)})

    refunded(order, 2, reclamation_id=7)

    row = Allotment.objects.get(pk=line_of(order))
    assert (row.held, row.settled, row.refunded_quantity) == (2, 0, 2)
    assert Refund.objects.get().reclamation_id == 7


def test_what_no_invoice_asked_for_is_never_asked_for():  # O18
    order = make.order(quantities=(5,))

    rows = refunded(order, 2)
    invoice = write_invoice(order, by=make.STAFF)

    assert parts(rows) == [("credit", 2380, 380, "done")]
    assert rows[0].invoice is None
    assert (invoice.total, invoice.lines.get().quantity) == (3570, 3)


def test_what_was_paid_in_advance_for_it_is_paid_out():  # O18
    order = make.order(quantities=(5,))
    book_payment(order=order, amount=order.total, by=make.STAFF)

    rows = refunded(order, 2)

    assert parts(rows) == [("payout", 2380, 380, "pending")]
    assert OrderBalance.objects.get(order=order).advance == 3570


def test_an_advance_that_is_still_needed_is_kept():  # O18
    order = make.order(quantities=(5,))
    book_payment(order=order, amount=3000, by=make.STAFF)

    rows = refunded(order, 2)

    assert parts(rows) == [("credit", 2380, 380, "done")]
    assert OrderBalance.objects.get(order=order).advance == 3000


def test_a_canceled_quantity_is_neither_asked_for_nor_shown_as_refund():  # O18
    order = make.order(quantities=(5,), freight=500)
    line = line_of(order)
    allotments.cancel({line: Decimal(2)})

    refund_canceled(order, lines={line: Decimal(2)}, key="k", by=make.STAFF)

    assert not Refund.objects.exists()
    assert write_invoice(order, by=make.STAFF).total == 3570 + 500


def test_an_order_canceled_whole_gives_back_what_was_paid_with_its_freight():  # O18
    make.company(freight_refund="never")
    order = make.order(quantities=(5,), freight=500)
    book_payment(order=order, amount=order.total, by=make.STAFF)
    line = line_of(order)
    allotments.cancel({line: Decimal(5)})

    rows = refund_canceled(order, lines={line: Decimal(5)}, key="k", by=make.STAFF)

    assert sum(row.amount for row in rows) == order.total
    assert {row.kind for row in rows} == {"payout"}
    assert OrderBalance.objects.get(order=order).advance == 0


@pytest.mark.parametrize(
    ("policy", "first", "second"), [("never", 0, 0), ("last", 0, 1000), ("pro_rata", 333, 667)]
)
def test_freight_goes_back_as_the_seller_says(policy, first, second):  # O18
    make.company(freight_refund=policy)
    order = make.order(quantities=(1, 2), freight=1000)
    write_invoice(order, by=make.STAFF)

    refunded(order, 1, place=0, key="a")
    after_first = sum(Refund.objects.filter(line=None).values_list("amount", flat=True))
    refunded(order, 2, place=1, key="b")
    after_second = sum(Refund.objects.filter(line=None).values_list("amount", flat=True))

    assert (after_first, after_second - after_first) == (first, second)


def test_freight_is_left_out_where_staff_leave_it_out():  # O18
    make.company(freight_refund="last")
    order = make.order(quantities=(1,), freight=1000)
    write_invoice(order, by=make.STAFF)

    rows = refunded(order, 1, with_freight=False)

    assert [row.line_id for row in rows] == [line_of(order)]


def test_an_invoice_of_the_erp_without_lines_is_credited_too():  # O18
    order = make.order(quantities=(10,))
    invoice = make.invoice(order=order, total=order.total)

    rows = refunded(order, 2)

    invoice.refresh_from_db()
    assert parts(rows) == [("credit", 2380, 380, "done")]
    assert invoice.credited == 2380


def test_what_is_returned_was_asked_for_by_the_sum_without_lines_once_ours_is_used_up():  # O18
    order = make.order(quantities=(10,))
    elsewhere = make.invoice(order=order, total=4760)
    ours = write_invoice(order, lines={line_of(order): Decimal(6)}, by=make.STAFF)

    rows = refunded(order, 8)

    assert [(row.invoice_id, row.amount) for row in rows] == [(ours.pk, 7140), (elsewhere.pk, 2380)]
    assert sum(row.open_amount for row in order.invoices.all()) == 2 * 1190
    assert left_to_invoice(order) == 0


def test_what_is_canceled_was_not_asked_for_as_long_as_more_is_left_than_the_sum_without_lines():  # O18 O25
    order = make.order(quantities=(10,))
    elsewhere = make.invoice(order=order, total=4760)

    def canceled(quantity: int, key: str):
        allotments.cancel({line_of(order): Decimal(quantity)})
        return refund_canceled(order, lines={line_of(order): Decimal(quantity)}, key=key, by=make.STAFF)

    first, second = canceled(5, "a"), canceled(2, "b")

    elsewhere.refresh_from_db()
    assert first == []
    assert parts(second) == [("credit", 1190, 190, "done")]
    assert (elsewhere.open_amount, left_to_invoice(order)) == (3570, 0)


def test_an_advance_is_kept_for_what_a_sum_without_lines_does_not_ask():  # O18
    order = make.order(quantities=(10,))
    make.invoice(order=order, total=4760)
    book_payment(order=order, amount=7140, by=make.STAFF)

    rows = refunded(order, 6)

    assert [(row.kind, row.invoice_id is None, row.amount) for row in rows] == [
        ("credit", False, 4760),
        ("payout", True, 2380),
    ]
    assert OrderBalance.objects.get().advance == left_to_invoice(order) == 4760


def test_a_replacement_without_price_refunds_nothing():  # O18
    order = make.order(quantities=(2,), price=0)

    assert refunded(order, 2) == []
    assert not Refund.objects.exists()


def test_what_was_paid_out_again_cannot_be_taken_back_as_a_payment():  # O18
    order = make.order(quantities=(2,))
    invoice = write_invoice(order, by=make.STAFF)
    payment = book_payment(invoice=invoice, amount=2380, by=make.STAFF)
    refunded(order, 1)

    with pytest.raises(Refused) as refusal:
        unbook_payment(payment, reason="bounced", by=make.STAFF)

    assert refusal.value.code == "paid_out"
    invoice.refresh_from_db()
    assert invoice.paid == 2380


def test_a_credited_invoice_is_not_voided():  # O17
    order = make.order(quantities=(2,))
    invoice = write_invoice(order, by=make.STAFF)
    refunded(order, 1)

    with pytest.raises(Refused) as refusal:
        void_invoice(invoice, reason="twice", by=make.STAFF)

    assert refusal.value.code == "invoice_credited"


@pytest.mark.parametrize(
    ("quantity", "code"),
    [(0, "quantity_not_positive"), (-1, "quantity_not_positive"), (4, "already_refunded")],
)
def test_odd_quantities_are_refused(quantity, code):  # O18
    order = make.order(quantities=(3,))

    with pytest.raises(Refused) as refusal:
        refunded(order, quantity)

    assert refusal.value.code == code
    assert not Refund.objects.exists()


def test_a_line_of_another_order_is_refused():  # O18
    order, other = make.order(), make.order()

    with pytest.raises(Refused) as refusal:
        refund_lines(order, lines={line_of(other): Decimal(1)}, key="k", by=make.STAFF)

    assert refusal.value.code == "foreign_line"


def test_who_may_not_refund_refunds_nothing():  # O18
    order = make.order()
    seller = make.staff("sales")

    with pytest.raises(NotAllowed):
        refund_lines(order, lines={line_of(order): Decimal(1)}, key="k", by=make.actor(seller, door="office"))

    assert not Refund.objects.exists()
