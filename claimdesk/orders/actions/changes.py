"""Changing and canceling an order, as long as its process lets one (O25)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.customers.models import Address
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.orders.actions.canceling import cancel_items
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.actions.writing import wishes
from claimdesk.orders.events import OrderCanceled, OrderChanged
from claimdesk.orders.models import Order, OrderItem
from claimdesk.orders.queries.canceling import can_change, canceling_events
from claimdesk.orders.queries.ordering import refuse_wishes, require_to_change


@transaction.atomic
def change_order(
    order: Order,
    *,
    po_number: str,
    ship_to: Address | None,
    wished_on: date | None,
    note: str,
    quantities: Mapping[int, Decimal] | None = None,
    by: Actor,
) -> Order:
    """Change what an order says beside its lines, and order less of lines.

    Takes: `quantities`, by the keys of items, what is to stay of them; zero cancels an item.
    Refuses: `not_changeable`, `quantity`, `wished_day_past`, or what the process refuses.
    Records: OrderChanged, where anything is another.
    """
    require_to_change(order, by)
    order, items = _held(order)
    if not can_change(order, items):
        raise Refused("not_changeable", _("It is too late to change this order; please ask us."))
    is_new_day = wished_on != order.wished_on
    refuse_wishes(
        order.customer,
        ship_to=ship_to,
        wished_on=wished_on if is_new_day else None,
        person=None,
        seller=company(),
    )
    changed = _write(order, po_number=po_number, ship_to=ship_to, wished_on=wished_on, note=note)
    named = _named(changed, has_less=_reduce(order, items, quantities or {}, by))
    if named:
        fact = OrderChanged(order_id=order.pk, number=order.number, fields=", ".join(named))
        record(fact, about=order, user=order.placed_by_id, by=by)
    return order


@transaction.atomic
def cancel_order(order: Order, *, reason: str = "", by: Actor) -> Order:
    """Cancel all that is left of an order, if the process lets `by` cancel each of its items.

    Refuses: `not_cancelable`, `already_canceled`.
    Records: OrderCanceled.
    """
    require_to_change(order, by)
    order, _items = _held(order)
    cancel_items(order, by=by)
    fact = OrderCanceled(order_id=order.pk, number=order.number, reason=reason.strip()[:500])
    record(fact, about=order, user=order.placed_by_id, by=by)
    return order


def _write(order: Order, **asked: Any) -> list[str]:
    """Set what is another; an address that stays keeps what it was on the day of the order."""
    new = wishes(**asked)
    if asked["ship_to"] == order.ship_to:
        new = {name: value for name, value in new.items() if not name.startswith("ship_to")}
    changed = [name for name, value in new.items() if getattr(order, name) != value]
    for name in changed:
        setattr(order, name, new[name])
    if changed:
        order.save(update_fields=changed)
    return changed


def _held(order: Order) -> tuple[Order, list[OrderItem]]:
    """Return the order and its items as they are now; nobody moves them until the transaction ends."""
    rows = Order.objects.select_related("customer", "process", "ship_to")
    held = rows.select_for_update(of=("self",)).get(pk=order.pk)
    return held, list(OrderItem.objects.filter(order=held).order_by("pk"))


def _reduce(order: Order, items: list[OrderItem], stay: Mapping[int, Decimal], by: Actor) -> bool:
    """Cancel what is not to stay of items."""
    less: dict[int, Decimal] = {}
    for item in items:
        wanted = stay.get(item.pk, item.quantity)
        if not 0 <= wanted <= item.quantity:
            raise Refused("quantity", _("You can order less of it here; for more, place another order."))
        if wanted < item.quantity:
            less[item.pk] = item.quantity - wanted
    canceling = canceling_events(order, [item for item in items if item.pk in less], by)
    if canceling.stuck:
        raise Refused("not_cancelable", _("It is too late to cancel this order; please ask us."))
    for event, chosen in canceling.by_event.items():
        for result in trigger_event(chosen, event, quantities=less, by=by):
            if not result.moved:
                raise Refused(result.code, result.message)
    return bool(less)


def _named(changed: list[str], *, has_less: bool) -> list[str]:
    names: dict[str, Any] = {("ship_to" if name.startswith("ship_to") else name): None for name in changed}
    return [*names, *(["quantities"] if has_less else [])]
