"""Reads of items of orders: where they stand, and what may be done with them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import get_language

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order, OrderItem
from claimdesk.orders.permissions import PLACE_ORDERS, TRIGGER_ITEM_EVENTS
from claimdesk.orders.process.definition import CUSTOMER, STAFF, SYSTEM, in_language
from claimdesk.orders.process.engine import offered
from claimdesk.orders.process.guards import GUARDS, Facts
from claimdesk.orders.process.rights import may_have_done
from claimdesk.orders.queries.processes import process_of

FEW = 20_000


@dataclass(frozen=True, slots=True)
class OfferedEvent:
    """A manual event that somebody may trigger for an item now, as it is called in his language."""

    name: str
    label: str


def person_of(actor: Actor) -> str:
    """Return as whom the process knows the actor: staff, customer (staff who act for one, too) or system."""
    if actor.kind == "staff" and not actor.is_acting:
        return STAFF
    return CUSTOMER if actor.is_signed_in else SYSTEM


def offered_events(
    order: Order, items: Collection[OrderItem], actor: Actor
) -> Mapping[int, list[OfferedEvent]]:
    """Return, by the key of each of the order's `items`, the events that the actor may trigger for it now."""
    person = person_of(actor)
    if not actor.may(PLACE_ORDERS if person == CUSTOMER else TRIGGER_ITEM_EVENTS):
        return {item.pk: [] for item in items}
    process, facts, language = process_of(order.process), Facts([order]), get_language() or "en"
    by_state = {
        state: [
            OfferedEvent(event.name, in_language(event.labels, language))
            for event in offered(process, state, to=person, passes=lambda guard: GUARDS[guard](order, facts))
            if may_have_done(event, actor)
        ]
        for state in {item.state for item in items}
    }
    return {item.pk: by_state[item.state] for item in items}


def with_items_in(rows: QuerySet[Order], state: str) -> QuerySet[Order]:
    """Return those of `rows`, orders, that have an item in `state`.

    A state with few items is asked for its orders; where there are many, the list of orders is walked and soon full,
    from the first of them to the last.
    """
    items = OrderItem.objects.filter(state=state)
    if items[: FEW + 1].count() <= FEW:
        return rows.filter(pk__in=items.values("order_id"))
    ends: list[Any] = [Subquery(items.order_by(f"{sign}ordered_at").values("pk")[:1]) for sign in ("", "-")]
    days = OrderItem.objects.filter(pk__in=ends).values_list("ordered_at", flat=True)
    within = rows.filter(ordered_at__gte=min(days), ordered_at__lte=max(days))
    return within.filter(Exists(items.filter(order=OuterRef("pk"))))
