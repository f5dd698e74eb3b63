"""What an invoice's page shows, in office and portal."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.dates import day
from claimdesk.orders.queries.invoices import invoices, with_standing
from claimdesk.orders.queries.payments import payments
from claimdesk.orders.queries.refunds import refunds
from claimdesk.web.order_papers import refund_way, shown_payments
from claimdesk.web.words import standing_name


def invoice_or_404(actor: Actor, pk: int) -> Any:
    """Return an invoice with its `standing`, if it is the actor's to see."""
    rows = with_standing(invoices(actor)).select_related("customer", "order")
    return get_object_or_404(rows, pk=pk)


def invoice_context(invoice: Any, actor: Actor) -> dict[str, Any]:
    """Return an invoice as invoice_or_404 does, with its lines, its payments, and what went back on it."""
    return {
        "title": _("Invoice %(number)s") % {"number": invoice.number},
        "invoice": invoice,
        "standing_name": standing_name(invoice.standing),
        "lines": invoice.lines.order_by("pk"),
        "payments": shown_payments(payments(actor).filter(invoice=invoice).order_by("paid_on", "pk")),
        "refunds": [
            {"row": row, "way": refund_way(row)}
            for row in refunds(actor).filter(invoice=invoice).order_by("pk")
        ],
        "facts": [
            (_("Order"), invoice.order.number if invoice.order else ""),
            (_("Date"), day(invoice.issued_on)),
            (_("Due"), day(invoice.due_on)),
        ],
    }
