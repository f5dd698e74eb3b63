"""Canceling what is left of an order, for the deeds that follow from: a buyer's wish, a manager's no."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.models import Order, OrderItem
from claimdesk.orders.queries.canceling import canceling_events


@transaction.atomic
def cancel_items(order: Order, *, by: Actor) -> None:
    """Cancel every item that is not canceled yet, as the process lets `by`; all of them, or none.

    Refuses: `not_cancelable`, `already_canceled`.
    Records: OrderItemsMoved.
    """
    items = list(OrderItem.objects.filter(order=order).order_by("pk"))
    events = canceling_events(order, items, by)
    if not events.open_items:
        raise Refused("already_canceled", _("The order is canceled already."))
    if events.stuck:
        raise Refused("not_cancelable", _("It is too late to cancel this order; please ask us."))
    for event, chosen in events.by_event.items():
        for result in trigger_event(chosen, event, by=by):
            if not result.moved:
                raise Refused(result.code, result.message)
    order.refresh_from_db(fields=["state"])
