"""Invoices: written from orders, part by part, and voided."""

from datetime import timedelta
from decimal import Decimal

import pytest

from claimdesk.access.models import InvoiceProof
from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.invoices import void_invoice, write_invoice
from claimdesk.orders.models import Allotment, Invoice, InvoiceLine, OrderBalance
from claimdesk.orders.queries.payments import left_to_invoice
from tests import make

pytestmark = pytest.mark.django_db


def lines_of(order):
    """The keys of an order's lines, in order."""
    return list(order.lines.order_by("position").values_list("pk", flat=True))


def test_an_invoice_asks_for_what_the_order_comes_to():  # O17
    order = make.order(quantities=(3, 2), price=1000, freight=500)

    invoice = write_invoice(order, by=make.STAFF)

    assert (invoice.net, invoice.tax, invoice.total) == (5500, 950, order.total)
    assert [line.description.split()[0] for line in invoice.lines.order_by("pk")][-1] == "Freight"
    assert invoice.due_on == today() + timedelta(days=30)
    assert Event.objects.get(kind="invoice.written").data["total"] == "64.50 EUR"


def test_an_invoice_proves_who_belongs_to_the_customer_until_it_is_void():  # O17
    order = make.order()

    invoice = write_invoice(order, by=make.STAFF)

    assert InvoiceProof.objects.get(customer=order.customer, is_void=False).number == invoice.number
    void_invoice(invoice, reason="wrong address", by=make.STAFF)
    assert InvoiceProof.objects.get(customer=order.customer).is_void


def test_parts_of_a_line_that_cannot_be_divided_add_up_to_it():  # O17
    order = make.order(quantities=(3,), price=333)
    (line,) = lines_of(order)

    parts = [write_invoice(order, lines={line: Decimal(1)}, by=make.STAFF) for _part in range(3)]

    assert sum(part.total for part in parts) == order.total
    assert sum(part.tax for part in parts) == order.tax
    assert Allotment.objects.get(pk=line).invoiced == order.total


def test_no_more_is_invoiced_than_was_ordered():  # O18
    order = make.order(quantities=(2,))
    (line,) = lines_of(order)
    write_invoice(order, lines={line: Decimal(1)}, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        write_invoice(order, lines={line: Decimal(2)}, by=make.STAFF)

    assert refusal.value.code == "quantity_invoiced"
    assert Invoice.objects.count() == 1


def test_an_order_invoiced_whole_is_not_invoiced_again():  # O17
    order = make.order()
    write_invoice(order, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        write_invoice(order, by=make.STAFF)

    assert refusal.value.code == "nothing_to_invoice"
    assert Invoice.objects.count() == 1


def test_an_order_that_the_customer_has_not_approved_is_not_invoiced():  # O22
    order = make.order(approval="pending")

    with pytest.raises(Refused) as refusal:
        write_invoice(order, by=make.STAFF)

    assert refusal.value.code == "not_approved"


def test_a_number_that_an_erp_has_taken_is_passed_over():  # O17
    order, other = make.order(), make.order()
    first = write_invoice(order, by=make.STAFF)
    taken = f"INV-{int(first.number.removeprefix('INV-')) + 1}"
    write_invoice(other, number=taken, by=make.STAFF)

    third = write_invoice(make.order(), by=make.STAFF)

    assert third.number == f"INV-{int(first.number.removeprefix('INV-')) + 2}"


def test_a_number_that_an_erp_writes_otherwise_is_passed_over_too():  # O17
    first = write_invoice(make.order(), by=make.STAFF)
    number = int(first.number.removeprefix("INV-"))
    make.invoice(number=f"inv {number + 1}")

    third = write_invoice(make.order(), by=make.STAFF)

    assert third.number == f"INV-{number + 2}"


def test_a_number_given_twice_is_refused():  # O17
    write_invoice(make.order(), number="2030-1", by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        write_invoice(make.order(), number="2030-1", by=make.STAFF)

    assert refusal.value.code == "number_taken"
    assert Invoice.objects.count() == 1


def test_a_void_invoice_stays_visible_and_its_lines_can_be_invoiced_anew():  # O17
    order = make.order(quantities=(3,), price=333, freight=100)
    invoice = write_invoice(order, by=make.STAFF)

    void_invoice(invoice, reason="wrong address", by=make.STAFF)

    invoice.refresh_from_db()
    assert invoice.state == "void"
    assert Allotment.objects.get(line__order=order).invoiced == 0
    assert OrderBalance.objects.get(order=order).invoiced == 0
    assert write_invoice(order, by=make.STAFF).total == order.total


def test_voiding_needs_a_reason_and_happens_once():  # O17
    invoice = write_invoice(make.order(), by=make.STAFF)

    with pytest.raises(Refused) as without_reason:
        void_invoice(invoice, reason=" ", by=make.STAFF)
    void_invoice(invoice, reason="twice", by=make.STAFF)
    with pytest.raises(Refused) as again:
        void_invoice(invoice, reason="twice", by=make.STAFF)

    assert without_reason.value.code == "reason_needed"
    assert again.value.code == "already_void"
    assert Event.objects.filter(kind="invoice.voided").count() == 1


def test_an_order_that_the_erp_invoiced_in_sums_is_not_invoiced_here():  # O17
    order = make.order()
    make.invoice(order=order, total=order.total)

    with pytest.raises(Refused) as refusal:
        write_invoice(order, by=make.STAFF)

    assert refusal.value.code == "invoiced_elsewhere"
    assert "0.00 EUR" in refusal.value.message
    assert not InvoiceLine.objects.exists()


def test_what_an_invoice_without_lines_leaves_of_an_order_is_invoiced_here():  # O17 O21
    order = make.order(quantities=(10,))
    line = order.lines.get()
    make.invoice(order=order, total=4760)

    with pytest.raises(Refused) as refusal:
        write_invoice(order, lines={line.pk: Decimal(7)}, by=make.STAFF)
    ours = write_invoice(order, lines={line.pk: Decimal(6)}, by=make.STAFF)

    assert refusal.value.code == "invoiced_elsewhere"
    assert "71.40 EUR" in refusal.value.message
    assert ours.total == 7140
    assert left_to_invoice(order) == 0
    with pytest.raises(Refused):
        write_invoice(order, by=make.STAFF)
    assert Invoice.objects.count() == 2


def test_a_void_invoice_without_lines_leaves_all_of_the_order_to_be_invoiced():  # O17
    order = make.order(quantities=(10,))
    void_invoice(make.invoice(order=order, total=order.total), reason="twice", by=make.STAFF)

    assert write_invoice(order, by=make.STAFF).total == 11_900


@pytest.mark.parametrize(("elsewhere", "freight"), [(4760, 1000), (5260, 500), (5760, None)])
def test_freight_is_asked_for_as_far_as_a_sum_without_lines_leaves_room(
    elsewhere: int, freight: int
):  # O17 O18
    order = make.order(quantities=(10,), freight=1000)
    line = order.lines.get()
    make.invoice(order=order, total=elsewhere)

    ours = write_invoice(order, lines={line.pk: Decimal(6)}, by=make.STAFF)

    of_freight = ours.lines.filter(line=None).values_list("amount", flat=True).first()
    assert of_freight == freight
    assert elsewhere + ours.total == order.total


def test_who_may_not_write_invoices_writes_none():  # O17
    seller = make.staff("sales")

    with pytest.raises(NotAllowed):
        write_invoice(make.order(), by=make.actor(seller, door="office"))

    assert not Invoice.objects.exists()
