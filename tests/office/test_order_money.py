"""The order's page in the office: invoices, shipments, payments and refunds, each a dialog."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Allotment, Invoice, OrderItem, Payment, Refund, Shipment
from tests import make

pytestmark = pytest.mark.django_db


def at(name: str, key: int) -> str:
    return reverse(f"office:{name}", args=[key])


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make.staff())
    return client


def line_of(order) -> int:
    return order.lines.get().pk


def test_a_part_of_an_order_is_invoiced(desk: Client):  # O17
    order = make.order(quantities=(10,))

    answer = desk.post(at("order_invoice", order.pk), {f"quantity_{line_of(order)}": "4", "number": ""})

    assert answer.status_code == 303
    assert Invoice.objects.get().total == 4760
    page = desk.get(at("order", order.pk)).content.decode()
    assert f"wrote invoice {Invoice.objects.get().number} for 47.60 EUR" in page


def test_what_an_invoice_without_lines_leaves_is_told_and_invoiced(desk: Client):  # O17 O21
    order = make.order(quantities=(10,))
    make.invoice(order=order, total=4760)
    address = at("order_invoice", order.pk)

    page = desk.get(address).content.decode()
    refused = desk.post(address, {f"quantity_{line_of(order)}": "10"})
    answer = desk.post(address, {f"quantity_{line_of(order)}": "6"})

    assert "The ERP asked for €47.60" in page
    assert "At most €71.40" in page
    assert refused.status_code == 409
    assert answer.status_code == 303
    assert order.invoices.get(lines__isnull=False).total == 7140


def test_a_part_of_an_order_is_shipped(desk: Client):  # O16
    order = make.order(quantities=(10,), state="exported")
    form = {
        f"quantity_{line_of(order)}": "4",
        "carrier": "UPS",
        "tracking_number": "1Z",
        "shipped_on": "2026-01-02",
    }

    answer = desk.post(at("order_shipment", order.pk), form)

    assert answer.status_code == 303
    page = desk.get(at("order", order.pk)).content.decode()
    assert "https://www.ups.com/track?tracknum=1Z" in page
    assert OrderItem.objects.get(state="shipped").quantity == 4


def test_a_delivery_is_noted_from_the_page(desk: Client):  # O16
    order = make.order(quantities=(1,), state="exported")
    desk.post(at("order_shipment", order.pk), {f"quantity_{line_of(order)}": "1", "shipped_on": "2026-01-02"})

    answer = desk.post(at("shipment_delivery", Shipment.objects.get().pk), {"delivered_on": "2026-01-05"})

    assert answer.status_code == 303
    assert OrderItem.objects.get().state == "delivered"


def test_a_form_sent_twice_refunds_once(desk: Client):  # O20
    order = make.order(quantities=(10,))
    write_invoice(order, by=make.STAFF)
    form = {f"quantity_{line_of(order)}": "2", "method": "by_hand", "key": "office-1"}

    first, second = (desk.post(at("order_refund", order.pk), form) for _again in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert Refund.objects.get().amount == 2380
    assert Allotment.objects.get().refunded_quantity == 2


def test_a_payout_by_hand_is_noted_with_its_reference(desk: Client):  # O20
    order = make.order(quantities=(10,))
    book_payment(invoice=write_invoice(order, by=make.STAFF), amount=order.total, by=make.STAFF)
    (refund,) = refund_lines(order, lines={line_of(order): Decimal(1)}, key="k", by=make.STAFF)

    answer = desk.post(at("payout_confirmation", refund.pk), {"reference": "SEPA 3"})

    assert answer.status_code == 303
    refund.refresh_from_db()
    assert (refund.state, refund.reference) == ("done", "SEPA 3")
    assert "SEPA 3" in desk.get(at("order", order.pk)).content.decode()


def test_a_payment_in_advance_is_booked_and_taken_back(desk: Client):  # O18
    order = make.order(quantities=(10,))
    form = {"amount": "50", "paid_on": "2026-01-02", "method": "transfer"}

    desk.post(at("order_payment", order.pk), form)
    payment = Payment.objects.get()
    answer = desk.post(at("payment_reversal", payment.pk), {"reason": "bounced"})

    assert answer.status_code == 303
    assert sum(Payment.objects.values_list("amount", flat=True)) == 0


@pytest.mark.parametrize("quantity", ["-1", "11", "abc", "1.2345"])
def test_odd_quantities_are_refused(desk: Client, quantity: str):  # O18
    order = make.order(quantities=(10,))
    form = {f"quantity_{line_of(order)}": quantity, "method": "by_hand", "key": "office-1"}

    answer = desk.post(at("order_refund", order.pk), form)

    assert answer.status_code in (409, 422)
    assert not Refund.objects.exists()


def test_an_order_with_papers_costs_few_queries(desk: Client, django_assert_max_num_queries):
    order = make.order(quantities=(10,), state="exported")
    desk.post(at("order_shipment", order.pk), {f"quantity_{line_of(order)}": "1", "shipped_on": "2026-01-02"})
    book_payment(invoice=write_invoice(order, by=make.STAFF), amount=100, by=make.STAFF)
    refund_lines(order, lines={line_of(order): Decimal(1)}, key="k", by=make.STAFF)
    desk.get(at("order", order.pk))

    with django_assert_max_num_queries(20):
        page = desk.get(at("order", order.pk))

    assert page.status_code == 200
