"""Invoices and payments from other people's files."""

from pathlib import Path

import pytest

from claimdesk.access.models import InvoiceProof
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.models import Invoice, Order, OrderBalance, Payment
from tests import make
from tests.customers.test_import_customers import counts, take
from tests.orders.test_import_orders import exported

pytestmark = pytest.mark.django_db


def test_invoices_become_proofs_and_a_void_one_is_marked(tmp_path: Path):  # A20 A23
    make.customer(number="VINET")
    text = "number,customer,date,void\n10248,VINET,2026-07-16,\n10249,vinet,2026-07-17,yes\n10250,NONE,2026-07-17,\n"

    result = take(tmp_path, text, kind="invoices")
    again = take(tmp_path, text, kind="invoices")

    assert counts(result) == (3, 2, 0, 0, 1)
    assert counts(again) == (3, 0, 0, 2, 1)
    assert [(p.number, p.is_void) for p in InvoiceProof.objects.order_by("number")] == [
        ("10248", False),
        ("10249", True),
    ]


def test_an_invoice_needs_a_day_that_can_be_read_one_way(tmp_path: Path):  # A23
    make.customer(number="VINET")

    result = take(tmp_path, "number,customer,date\n1,VINET,03/04/2026\n0,VINET,2026-01-01\n", kind="invoices")

    assert counts(result) == (2, 0, 0, 0, 2)


ORDER = "number,customer,ordered_on\nA-1,VINET,2026-03-01\n"
LINE = "order,line,product,quantity,unit_price\nA-1,1,P1,10,11.90\n"
INVOICE = "number,customer,date,order,total,tax,due_on\nR-1,VINET,2026-03-05,A-1,119.00,19.00,2026-04-04\n"


@pytest.fixture
def order(tmp_path: Path) -> Order:
    """An imported order of 119.00."""
    make.customer(number="VINET")
    take(tmp_path, ORDER, kind="orders")
    take(tmp_path, LINE, kind="order-lines")
    return Order.objects.get()


def test_an_invoice_with_a_total_is_to_be_paid_and_proves(tmp_path: Path, order: Order):  # O17 O21 A20
    result = take(tmp_path, INVOICE, kind="invoices")
    again = take(tmp_path, INVOICE, kind="invoices")

    invoice = Invoice.objects.get()
    assert (counts(result), counts(again)) == ((1, 1, 0, 0, 0), (1, 0, 0, 1, 0))
    assert (invoice.order, invoice.net, invoice.tax, invoice.total) == (order, 10000, 1900, 11900)
    assert (invoice.open_amount, str(invoice.due_on), invoice.currency) == (11900, "2026-04-04", "EUR")
    assert InvoiceProof.objects.get().number == "R-1"


def test_an_invoice_that_becomes_void_is_void_and_proves_no_more(tmp_path: Path, order: Order):  # O17 A20
    take(tmp_path, INVOICE, kind="invoices")

    voided = INVOICE.replace("due_on\n", "due_on,void\n").replace("2026-04-04\n", "2026-04-04,yes\n")
    result = take(tmp_path, voided, kind="invoices")
    reopened = take(tmp_path, INVOICE, kind="invoices")

    assert (counts(result), counts(reopened)) == ((1, 0, 1, 0, 0), (1, 0, 0, 0, 1))
    assert (Invoice.objects.get().state, InvoiceProof.objects.get().is_void) == ("void", True)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("119.00", "120.00"), "total: the invoice's own is another, and does not change; void it"),
        (("A-1", "A-9"), "order: there is no order A-9"),
        (("19.00,2026", "200.00,2026"), "tax: is more than the total"),
        (("2026-04-04", "2026-03-01"), "due_on: is before it was issued"),
        (("VINET", "OTHER"), "order: A-1 is another customer's"),
    ],
)
def test_an_invoices_sums_never_change(tmp_path: Path, order: Order, change, reason):  # O8 O21
    make.customer(number="OTHER")
    take(tmp_path, INVOICE, kind="invoices")

    result = take(tmp_path, INVOICE.replace(*change), kind="invoices")

    assert (counts(result), result.reasons) == ((1, 0, 0, 0, 1), [(2, reason)])
    assert Invoice.objects.get().total == 11900


def test_two_customers_do_not_share_an_invoice(tmp_path: Path, order: Order):  # O17 O21
    make.customer(number="OTHER")
    text = "number,customer,date,total\nR-1,VINET,2026-03-05,5\nR-1,OTHER,2026-03-05,5\n"

    result = take(tmp_path, text, kind="invoices")

    assert counts(result) == (2, 1, 0, 0, 1)
    assert result.reasons == [(3, "number: R-1 stands in the file for another customer")]


def test_payments_are_counted_on_what_they_pay(tmp_path: Path, order: Order):  # O3 O21
    take(tmp_path, INVOICE, kind="invoices")
    text = "payment_id,invoice,amount,date\nZ1,R-1,100,2026-03-20\nZ2,R-1,19.00,2026-03-21\nZ3,R-1,0.01,2026-03-22\n"

    result = take(tmp_path, text, kind="payments")
    again = take(tmp_path, text, kind="payments")

    assert (counts(result), counts(again)) == ((3, 2, 0, 0, 1), (3, 0, 0, 2, 1))
    assert result.reasons == [(4, "amount: is more than is open on the invoice")]
    assert (Invoice.objects.get().paid, Invoice.objects.get().open_amount) == (11900, 0)
    assert Payment.objects.filter(order=order).count() == 2


def test_a_payment_in_advance_is_not_more_than_the_order(tmp_path: Path, order: Order):  # O18 O21
    text = "payment_id,order,amount,date\nZ1,A-1,100,2026-03-20\nZ2,A-1,19.01,2026-03-21\n"

    result = take(tmp_path, text, kind="payments")

    assert counts(result) == (2, 1, 0, 0, 1)
    assert OrderBalance.objects.get(order=order).advance == 10000


def test_a_payment_never_changes(tmp_path: Path, order: Order):  # O3 O21
    take(tmp_path, INVOICE, kind="invoices")
    text = "payment_id,invoice,amount,date\nZ1,R-1,100,2026-03-20\n"
    take(tmp_path, text, kind="payments")

    other = take(tmp_path, text.replace("100", "10"), kind="payments")
    reworded = take(tmp_path, text.replace("amount", "betrag"), kind="payments")

    assert (counts(other), counts(reworded)) == ((1, 0, 0, 0, 1), (1, 0, 0, 1, 0))
    assert Invoice.objects.get().paid == 10000


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Z1,,,5,2026-03-20", "invoice: a payment is for an invoice or for an order"),
        ("Z1,R-9,,5,2026-03-20", "invoice: there is no invoice R-9 with a total"),
        ("Z1,,A-9,5,2026-03-20", "order: there is no order A-9"),
        ("Z1,R-1,,0,2026-03-20", "amount: must be more than 0"),
        ("Z1,R-1,,-5,2026-03-20", "amount: '-5' is no amount of at least 0"),
        ("Z1,R-1,,1.005,2026-03-20", "amount: 1.005 has more decimals than EUR has"),
    ],
)
def test_a_wrong_payment_is_refused_and_why(tmp_path: Path, order: Order, row, reason):  # O21
    take(tmp_path, INVOICE, kind="invoices")

    result = take(tmp_path, f"payment_id,invoice,order,amount,date\n{row}\n", kind="payments")

    assert (counts(result), result.reasons) == ((1, 0, 0, 0, 1), [(2, reason)])
    assert not Payment.objects.exists()


def test_a_prepaid_order_goes_on_when_its_payment_comes(tmp_path: Path):  # O9 O21
    make.customer(number="VINET")
    prepaid = (
        "number,customer,ordered_on,payment_terms,status\nA-1,VINET,2026-03-01,prepayment,payment_pending\n"
    )
    take(tmp_path, prepaid, kind="orders")
    take(tmp_path, LINE, kind="order-lines")

    take(tmp_path, "payment_id,order,amount,date\nZ1,A-1,119,2026-03-20\n", kind="payments")

    assert Order.objects.get().state == "exported"


def test_invoices_and_payments_that_were_exported_can_be_taken_again(tmp_path: Path, order: Order):  # O21
    take(tmp_path, INVOICE, kind="invoices")
    take(tmp_path, "payment_id,invoice,amount,date\nZ1,R-1,100,2026-03-20\n", kind="payments")

    invoices = take(tmp_path, exported("invoices"), kind="invoices")
    payments = take(tmp_path, exported("payments"), kind="payments")

    assert (invoices.refused, counts(payments)) == (0, (1, 0, 0, 1, 0))
    assert Invoice.objects.get().paid == 10000


def test_a_payment_that_was_booked_here_and_exported_is_not_booked_again(
    tmp_path: Path, order: Order
):  # O18 O21
    take(tmp_path, INVOICE, kind="invoices")
    invoice = Invoice.objects.get()
    book_payment(invoice=invoice, amount=4000, by=make.STAFF)

    again = take(tmp_path, exported("payments"), kind="payments")

    assert counts(again) == (1, 0, 0, 1, 0)
    assert Payment.objects.count() == 1
    invoice.refresh_from_db()
    assert invoice.paid == 4000
