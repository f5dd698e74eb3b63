"""Payments that the actor may see."""

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Payment
from claimdesk.orders.permissions import SEE_INVOICES, VIEW_INVOICES


def payments(actor: Actor) -> QuerySet[Payment]:
    """Return payments: staff see all or their own customers', others those of the customer in hand (O3)."""
    rows = Payment.objects.select_related("invoice", "order", "reversal")
    if actor.kind == "system":
        return rows
    if actor.is_staff and not actor.is_acting and actor.door == "office":
        if not actor.may(VIEW_INVOICES):
            return rows.none()
        return rows.filter(customer__representative_id=actor.id) if actor.only_own_customers else rows
    if not actor.customer_id or not actor.may(SEE_INVOICES):
        return rows.none()
    return rows.filter(customer_id=actor.customer_id)


def payments_on(rows: QuerySet[Payment], **subject: object) -> list[Payment]:
    """Return the payments of an invoice or order (`invoice=` or `order=`), the first first."""
    return list(rows.filter(**subject).order_by("paid_on", "pk"))
