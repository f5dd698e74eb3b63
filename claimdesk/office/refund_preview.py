"""What a refund would give back, shown before it is made: by order, and from inside a reclamation (O18, R7)."""

from typing import Any

from django.utils.translation import gettext as _

from claimdesk.orders.models import Order
from claimdesk.orders.queries.refund_plans import PreviewLine, RefundPreview
from claimdesk.orders.refunding import PAYOUT, Part
from claimdesk.web.pieces import money


def preview_context(order: Order, preview: RefundPreview) -> dict[str, Any]:
    """Return what `office/orders/_refund_preview.html` shows."""
    return {
        "preview": preview,
        "preview_lines": [(line, _ways(preview, line, order.currency)) for line in preview.lines],
        "has_discount": any(line.discount for line in preview.lines),
        "currency": order.currency,
    }


def _ways(preview: RefundPreview, line: PreviewLine, currency: str) -> list[str]:
    """Return in words how the money of a line comes back, part by part."""
    return [_way(preview, part) % {"sum": money(part.amount, currency)} for part in line.parts]


def _way(preview: RefundPreview, part: Part) -> str:
    if part.invoice is None:
        return (
            _("%(sum)s paid out of what was paid in advance")
            if part.kind == PAYOUT
            else _("%(sum)s not asked for any more")
        )
    words = (
        _("%(sum)s paid out, of invoice {number}")
        if part.kind == PAYOUT
        else _("%(sum)s credited on invoice {number}")
    )
    return words.format(number=preview.invoices[part.invoice].number)
