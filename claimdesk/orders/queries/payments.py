"""Payments that the actor may see."""

from django.db.models import QuerySet, Sum

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Invoice, Order, OrderBalance, Payment
from claimdesk.orders.permissions import SEE_INVOICES, VIEW_INVOICES
from claimdesk.orders.queries.scope import of_seen_order, papers


def payments(actor: Actor) -> QuerySet[Payment]:
    """Return payments: staff see all or their own customers', others their account's (O3)."""
    rows = Payment.objects.select_related("invoice", "order", "reversal")
    return papers(rows, actor, staff=VIEW_INVOICES, customers=SEE_INVOICES)


def payments_of(order: Order, actor: Actor) -> QuerySet[Payment]:
    """Return the payments of an order that the actor was shown."""
    rows = Payment.objects.select_related("invoice", "reversal")
    return of_seen_order(rows, order, actor, staff=VIEW_INVOICES, customers=SEE_INVOICES)


def advance_wanted(order: Order) -> int:
    """Return what is still to be paid of an order that no invoice asks for yet."""
    invoiced = Invoice.objects.filter(order=order, state=Invoice.State.OPEN).aggregate(sum=Sum("total"))
    advance = OrderBalance.objects.filter(pk=order.pk).values_list("advance", flat=True).first() or 0
    return max(order.total - (invoiced["sum"] or 0) - advance, 0)
