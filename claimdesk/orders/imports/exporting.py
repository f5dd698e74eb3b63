"""Orders, lines, shipments, invoices and payments as rows, in the columns that their importers take."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from claimdesk.access.models import InvoiceProof
from claimdesk.kernel.money import to_decimal
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.orders.models import Invoice, Order, OrderLine, Payment, Shipment, ShipmentItem

CHUNK = 2_000


def exported_orders() -> Iterator[list[str]]:
    """Yield each order; plain values, for there may be a million."""
    rows = Order.objects.order_by("pk").values_list(
        "number", "customer__number", "ordered_on", "currency", "total", "freight", "state", "po_number",
        "placed_by_name", "wished_on", "note", "payment_terms", "ship_to_label", "ship_to_street", "ship_to_postcode",
        "ship_to_town", "ship_to_region", "ship_to_country", "external_id",
    )  # fmt: skip
    for number, customer, on, currency, total, freight, state, po, by, wished, *rest in rows.iterator(CHUNK):
        sums = (_money(total, currency), _money(freight, currency))
        yield [
            number,
            customer,
            on.isoformat(),
            currency,
            *sums,
            state,
            po,
            by,
            _day(wished),
            *map(str, rest),
        ]


def exported_lines() -> Iterator[list[str]]:
    """Yield each line of an order."""
    rows = OrderLine.objects.order_by("order_id", "position").values_list(
        "order__number", "position", "product_number", "quantity", "unit_price", "discount", "amount", "product_name",
        "unit", "per", "tax_rate", "external_id", "order__currency",
    )  # fmt: skip
    for row in rows.iterator(CHUNK):
        (
            number,
            position,
            product,
            quantity,
            price,
            discount,
            amount,
            name,
            unit,
            per,
            tax_rate,
            external,
            currency,
        ) = row
        yield [
            number,
            str(position),
            product,
            shown_quantity(quantity),
            _money(price, currency),
            _percent(discount),
            _money(amount, currency),
            name,
            unit,
            str(per),
            _percent(tax_rate),
            external,
        ]


def exported_shipments() -> Iterator[list[str]]:
    """Yield each shipment, with the quantities of its lines."""
    items = Prefetch("items", ShipmentItem.objects.select_related("line").order_by("line__position"))
    for shipment in (
        Shipment.objects.order_by("pk").select_related("order").prefetch_related(items).iterator(CHUNK)
    ):
        lines = (f"{item.line.position}:{shown_quantity(item.quantity)}" for item in shipment.items.all())
        yield [
            shipment.number,
            shipment.order.number,
            shipment.carrier,
            shipment.tracking_number,
            shipment.shipped_on.isoformat(),
            _day(shipment.delivered_on),
            "; ".join(lines),
            shipment.external_id,
        ]


def exported_invoices() -> Iterator[list[str]]:
    """Yield each invoice, and each proof of one of which no more is known."""
    rows = Invoice.objects.order_by("pk").select_related("customer", "order")
    for invoice in rows.iterator(CHUNK):
        yield [
            invoice.number,
            invoice.customer.number,
            invoice.issued_on.isoformat(),
            "yes" if invoice.state == Invoice.State.VOID else "no",
            invoice.order.number if invoice.order else "",
            invoice.currency,
            _money(invoice.total, invoice.currency),
            _money(invoice.tax, invoice.currency),
            _day(invoice.due_on),
            invoice.external_id,
        ]
    known = Invoice.objects.values("number_folded")
    proofs = InvoiceProof.objects.exclude(number_folded__in=known).order_by("pk").select_related("customer")
    for proof in proofs.iterator(CHUNK):
        void = "yes" if proof.is_void else "no"
        yield [proof.number, proof.customer.number, proof.issued_on.isoformat(), void, "", "", "", "", "", ""]


OWN_PAYMENT = "claimdesk-"  # and its key, in place of the external id that a payment booked here has not


def exported_payments() -> Iterator[list[str]]:
    """Yield each payment that stands; what was taken back, and its counter entry, are left out."""
    rows = Payment.objects.filter(reverses=None, reversal=None).order_by("pk")
    for payment in rows.select_related("invoice", "order").iterator(CHUNK):
        yield [
            payment.external_id or f"{OWN_PAYMENT}{payment.pk}",
            payment.invoice.number if payment.invoice else "",
            payment.order.number if payment.order else "",
            _money(payment.amount, payment.currency),
            payment.paid_on.isoformat(),
            payment.method,
            payment.reference,
        ]


def _money(amount: int, currency: str) -> str:
    return f"{to_decimal(amount, currency):f}"


def _percent(points: int) -> str:
    return f"{Decimal(points).scaleb(-2).normalize():f}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
