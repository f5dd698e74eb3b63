"""What the doors show of an order's money and goods: a half paid invoice, a payout, a shipment."""

from decimal import Decimal

from claimdesk.customers.models import Customer
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.actions.shipments import send_shipment
from claimdesk.people.models import User
from tests import make


def of_money(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of an order that is half shipped and half paid, and of its papers."""
    order = make.order(customer, quantities=(10,), state="exported")
    line = order.lines.get().pk
    invoice = write_invoice(order, by=make.STAFF)
    payment = book_payment(invoice=invoice, amount=6000, by=make.STAFF)
    refunds = refund_lines(order, lines={line: Decimal(9)}, key="doors", by=make.STAFF)
    shipment = send_shipment(order, lines={line: Decimal(5)}, by=make.STAFF)
    other = make.invoice(customer=customer)
    pages: dict[str, dict[str, int | str]] = {
        f"office:order_{deed}": {"pk": order.pk} for deed in ("invoice", "payment", "refund", "shipment")
    }
    pages |= {f"office:invoice_{deed}": {"pk": other.pk} for deed in ("payment", "voiding")}
    pages |= {f"office:shipment_{deed}": {"pk": shipment.pk} for deed in ("edit", "delivery")}
    for door in ("office", "portal"):
        pages |= {f"{door}:{page}": {"pk": invoice.pk} for page in ("invoice", "invoice_pdf")}
    return pages | {
        "office:payment_reversal": {"pk": payment.pk},
        "office:payout_confirmation": {"pk": refunds[-1].pk},
        "office:payout_retrial": {"pk": refunds[-1].pk},
    }
