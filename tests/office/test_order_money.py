"""The order's page in the office: invoices, shipments, payments and refunds, each a dialog."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Allotment, Invoice, Order, OrderItem, Payment, Refund, Shipment
from claimdesk.orders.queries.refund_plans import preview_refund
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


def preview_of(desk: Client, order, form: dict[str, str]):
    """What the page shows before a refund."""
    shown = desk.post(at("order_refund", order.pk), form)
    assert shown.status_code == 200
    return shown.context["preview"]


def seen(desk: Client, order, form: dict[str, str]) -> str:
    """What the page notes as seen, once it showed what comes back."""
    return preview_of(desk, order, form).fingerprint


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
    form["seen"] = seen(desk, order, form)

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


def test_what_comes_back_is_shown_first_and_then_done_to_the_cent(desk: Client):  # O18
    make.company(freight_refund="pro_rata")
    order = make.order(quantities=(3, 2), price=333, freight=500)
    line = order.lines.order_by("position").first()
    invoice = write_invoice(order, by=make.STAFF)
    book_payment(invoice=invoice, amount=invoice.total - 100, by=make.STAFF)
    form = {f"quantity_{line.pk}": "2", "with_freight": "on", "method": "by_hand", "key": "k"}

    preview = preview_of(desk, order, form)
    assert not Refund.objects.exists()
    answer = desk.post(at("order_refund", order.pk), form | {"seen": preview.fingerprint})

    assert answer.status_code == 303
    done = list(Refund.objects.order_by("pk").values_list("line", "kind", "invoice", "amount", "tax"))
    planned = [
        (each.line.pk if each.line else None, part.kind, part.invoice, part.amount, part.tax)
        for each in preview.lines
        for part in each.parts
    ]
    assert done == planned
    assert [(each.goods, each.tax, each.amount) for each in preview.lines] == [(666, 127, 793), (200, 0, 200)]
    assert [part.kind for part in preview.lines[0].parts] == ["credit", "payout"]


def test_the_preview_names_discount_tax_and_the_invoice(desk: Client):  # O18
    order = make.order(quantities=(10,), price=1000)
    order.lines.update(discount=1000, amount=9000, tax=1710)
    Order.objects.filter(pk=order.pk).update(subtotal=9000, tax=1710, total=10710)
    order.refresh_from_db()
    invoice = write_invoice(order, by=make.STAFF)

    page = desk.post(
        at("order_refund", order.pk), {f"quantity_{line_of(order)}": "1", "method": "by_hand", "key": "k"}
    )

    html = page.content.decode()
    for words in ("€10.00", "−€1.00", "€1.71", "€10.71", f"€10.71 credited on invoice {invoice.number}"):
        assert words in html
    assert "Nothing has been refunded yet" in html
    form = page.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    assert (shown[f"quantity_{line_of(order)}"], shown["key"]) == ("1", "k")
    assert shown["seen"] == page.context["preview"].fingerprint


def test_what_changed_since_the_preview_is_shown_anew_and_nothing_is_refunded(desk: Client):  # O18
    order = make.order(quantities=(10,))
    invoice = write_invoice(order, by=make.STAFF)
    form = {f"quantity_{line_of(order)}": "2", "method": "by_hand", "key": "k"}
    form["seen"] = seen(desk, order, form)
    book_payment(invoice=invoice, amount=invoice.total, by=make.STAFF)

    again = desk.post(at("order_refund", order.pk), form)
    other = desk.post(at("order_refund", order.pk), form | {f"quantity_{line_of(order)}": "3"})

    assert [part.kind for part in again.context["preview"].lines[0].parts] == ["payout"]
    assert other.context["preview"].amount == 3570
    assert not Refund.objects.exists()


def test_an_action_that_was_told_what_was_seen_does_nothing_else():  # O18
    order = make.order(quantities=(10,))
    wanted = {line_of(order): Decimal(2)}
    shown = preview_refund(order, lines=wanted, actor=make.STAFF)
    write_invoice(order, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        refund_lines(order, lines=wanted, seen=shown.fingerprint, key="k", by=make.STAFF)

    assert refusal.value.code == "refund_changed"
    assert not Refund.objects.exists()


def test_who_may_not_refund_sees_no_preview():  # O18 A83
    order = make.order()

    with pytest.raises(NotAllowed):
        preview_refund(order, lines={line_of(order): Decimal(1)}, actor=make.actor(make.staff("sales")))
