"""Refunds that the actor may see, and what of an order can still be refunded (O18)."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.money import NET
from claimdesk.orders.models import Order, OrderLine, Refund
from claimdesk.orders.permissions import SEE_INVOICES, VIEW_INVOICES
from claimdesk.orders.queries.scope import of_seen_order, papers

LONGEST_KEY = 100


def refunds(actor: Actor) -> QuerySet[Refund]:
    """Return refunds: staff see all or their own customers', others their account's."""
    rows = Refund.objects.select_related("order__customer", "line", "invoice")
    return papers(rows, actor, staff=VIEW_INVOICES, customers=SEE_INVOICES, customer="order__customer")


def refunds_of(order: Order, actor: Actor) -> QuerySet[Refund]:
    """Return the refunds of an order that the actor was shown."""
    rows = Refund.objects.select_related("line", "invoice")
    return of_seen_order(rows, order, actor, staff=VIEW_INVOICES, customers=SEE_INVOICES)


def refunds_under(order: Order, key: str) -> list[Refund]:
    """Return what was refunded of the order under a key."""
    if not key or len(key) > LONGEST_KEY:
        raise ValueError("a refund has a key, of at most a hundred characters")
    found = Refund.objects.filter(idempotency_key__startswith=f"{whole_key(order, key)}/", order=order)
    return list(found.order_by("pk"))


def whole_key(order: Order, key: str) -> str:
    """Return a refund's key as it is kept: nobody meets the key of another order's."""
    return f"{order.pk}/{key}"


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
