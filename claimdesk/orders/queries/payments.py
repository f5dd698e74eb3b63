"""Payments that the actor may see."""

from django.db.models import QuerySet, Sum

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Allotment, Invoice, Order, OrderBalance, Payment
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


def left_to_invoice(order: Order) -> int:
    """Return what invoices have still to ask for of an order: neither asked for yet, nor given up."""
    rows = Invoice.objects.filter(order=order, state=Invoice.State.OPEN)
    asked = rows.aggregate(sum=Sum("total"))["sum"] or 0
    lines = Allotment.objects.filter(line__order=order).aggregate(sum=Sum("invoiced"))["sum"] or 0
    freight = OrderBalance.objects.filter(pk=order.pk).values_list("invoiced", flat=True).first() or 0
    # An ERP's invoices may have no lines; what is canceled before an invoice has no invoice.
    return order.total - max(asked, lines + freight)


def advance_wanted(order: Order) -> int:
    """Return what is still to be paid of an order that no invoice asks for yet."""
    advance = OrderBalance.objects.filter(pk=order.pk).values_list("advance", flat=True).first() or 0
    return max(left_to_invoice(order) - advance, 0)
