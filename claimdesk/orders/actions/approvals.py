"""Orders above a buyer's limit: a manager of the customer says yes or no (O22)."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import SYSTEM, Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.record import record
from claimdesk.orders.actions.canceling import cancel_items
from claimdesk.orders.actions.items import follow_up_items
from claimdesk.orders.events import OrderApproved, OrderDenied
from claimdesk.orders.models import Order
from claimdesk.orders.permissions import APPROVE_ORDERS

LONGEST_WORDS = 500


@transaction.atomic
def approve_order(order: Order, *, by: Actor) -> Order:
    """Let an order of a buyer go on.

    Refuses: `already_decided`.
    Records: OrderApproved.
    """
    _decide(order, Order.Approval.APPROVED, "", by)
    follow_up_items([order], by=by)
    order.refresh_from_db(fields=["state"])
    fact = OrderApproved(order_id=order.pk, number=order.number, customer=order.customer.name)
    record(fact, about=order, user=order.placed_by_id, by=by)
    return order


@transaction.atomic
def deny_order(order: Order, *, words: str = "", by: Actor) -> Order:
    """Say no to an order of a buyer, and cancel it.

    Takes: `words`, which the buyer reads.
    Refuses: `already_decided`, `not_cancelable`.
    Records: OrderDenied.
    """
    _decide(order, Order.Approval.DENIED, words.strip()[:LONGEST_WORDS], by)
    cancel_items(order, by=SYSTEM)
    fact = OrderDenied(
        order_id=order.pk, number=order.number, customer=order.customer.name, words=order.approval_words
    )
    record(fact, about=order, user=order.placed_by_id, by=by)
    return order


def _decide(order: Order, to: str, words: str, by: Actor) -> None:
    """Move the approval from pending; of two managers one decides."""
    by.require(APPROVE_ORDERS)
    if by.customer_id != order.customer_id:
        raise NotAllowed("own account")
    fields = {
        "approval": to,
        "approval_decided_at": now(),
        "approval_decided_by_name": by.name,
        "approval_words": words,
    }
    if not Order.objects.filter(pk=order.pk, approval=Order.Approval.PENDING).update(**fields):
        order.refresh_from_db()
        raise Refused(
            "already_decided",
            _("Already decided by %(name)s.") % {"name": order.approval_decided_by_name}
            if order.approval != Order.Approval.NOT_NEEDED
            else _("This order needs no approval."),
        )
    for name, value in fields.items():
        setattr(order, name, value)
