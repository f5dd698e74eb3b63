"""Refunds that the actor may see, and what of an order can still be refunded (O18)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.money import NET
from claimdesk.orders.models import Order, OrderLine, Refund
from claimdesk.orders.permissions import SEE_INVOICES, VIEW_INVOICES


def refunds(actor: Actor) -> QuerySet[Refund]:
    """Return refunds: staff see all or their own customers', others those of the customer in hand."""
    rows = Refund.objects.select_related("order__customer", "line", "invoice")
    if actor.kind == "system":
        return rows
    if actor.is_staff and not actor.is_acting and actor.door == "office":
        if not actor.may(VIEW_INVOICES):
            return rows.none()
        return rows.filter(order__customer__representative_id=actor.id) if actor.only_own_customers else rows
    if not actor.customer_id or not actor.may(SEE_INVOICES):
        return rows.none()
    return rows.filter(order__customer_id=actor.customer_id)


def refund_of_subject(subject: str, actor: Actor) -> Refund | None:
    """Return the refund that a timer is about, by its key ("refund/42")."""
    return refunds(actor).filter(pk=subject.partition("/")[2]).first()


@dataclass(frozen=True, slots=True)
class Refundable:
    """A line with what of it can be refunded, and its sums so far, in minor units, tax inside."""

    line: OrderLine
    quantity: Decimal
    price: int
    invoiced: int
    credited: int
    paid_out: int

    @property
    def given_back(self) -> int:
        return self.credited + self.paid_out


def refundable_lines(order: Order) -> list[Refundable]:
    """Return the lines of an order with their sums, for whoever may see the order."""
    lines = OrderLine.objects.filter(order=order).select_related("allotment").order_by("position")
    return [
        Refundable(
            line=line,
            quantity=line.quantity - line.allotment.refunded_quantity,
            price=line.amount + line.tax if order.price_mode == NET else line.amount,
            invoiced=line.allotment.invoiced,
            credited=line.allotment.credited,
            paid_out=line.allotment.paid_out,
        )
        for line in lines
    ]
