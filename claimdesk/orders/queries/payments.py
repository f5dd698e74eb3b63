"""Payments that the actor may see."""

from django.db.models import F, QuerySet, Sum

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


def asked_without_lines(order: Order) -> int:
    """Return what an ERP's invoices without lines ask of an order, for goods that no line counts as invoiced."""
    rows = Invoice.objects.filter(order=order, state=Invoice.State.OPEN, lines=None)
    return rows.aggregate(sum=Sum(F("total") - F("credited") - F("paid_out")))["sum"] or 0


def left_to_invoice(order: Order) -> int:
    """Return what invoices have still to ask for of an order: neither asked for yet, nor given up."""
    lines = Allotment.objects.filter(line__order=order).aggregate(sum=Sum("invoiced"))["sum"] or 0
    freight = OrderBalance.objects.filter(pk=order.pk).values_list("invoiced", flat=True).first() or 0
    return order.total - lines - freight - asked_without_lines(order)


def advance_wanted(order: Order) -> int:
    """Return what is still to be paid of an order that no invoice asks for yet."""
    advance = OrderBalance.objects.filter(pk=order.pk).values_list("advance", flat=True).first() or 0
    return max(left_to_invoice(order) - advance, 0)
