"""Reads of items of orders: where they stand, and what may be done with them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.translation import get_language

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.orders.models import Order, OrderItem
from claimdesk.orders.permissions import EDIT_PROCESS, PLACE_ORDERS, TRIGGER_ITEM_EVENTS
from claimdesk.orders.process.definition import CUSTOMER, STAFF, SYSTEM, in_language
from claimdesk.orders.process.engine import offered
from claimdesk.orders.process.guards import GUARDS, Facts
from claimdesk.orders.queries.processes import process_of

AGES = (timedelta(days=1), timedelta(days=7), timedelta(days=30))
MOST = 10_000


@dataclass(frozen=True, slots=True)
class OfferedEvent:
    """A manual event that somebody may trigger for an item now, as it is called in his language."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How many items stand in a state (`count` is capped), how many of them for how long, and the first since when.

    `ages` counts those that came in within AGES, one number each, and last those before.
    """

    state: str
    count: int
    ages: tuple[int, ...] = ()
    since: datetime | None = None


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
        ]
        for state in {item.state for item in items}
    }
    return {item.pk: by_state[item.state] for item in items}


def standings(states: Collection[str], *, with_ages: bool, actor: Actor) -> dict[str, Standing]:
    """Return by state how many items of all orders stand in it, and with ages for how long (O14).

    States where much has come to rest are counted without ages, and not beyond MOST.
    """
    actor.require(EDIT_PROCESS)
    if not with_ages:
        return {state: Standing(state, _count(state)) for state in states}
    limits = [now() - age for age in AGES]
    columns = {
        f"within_{place}": Count("id", filter=Q(entered_at__gt=limit, entered_at__lte=until))
        for place, (until, limit) in enumerate(zip([now(), *limits], limits, strict=False))
    }
    rows = OrderItem.objects.filter(state__in=list(states)).values("state")
    found = {
        row["state"]: row for row in rows.annotate(count=Count("id"), since=Min("entered_at"), **columns)
    }
    return {state: _standing(state, found.get(state)) for state in states}


def _standing(state: str, row: Mapping[str, Any] | None) -> Standing:
    if row is None:
        return Standing(state, 0, (0,) * (len(AGES) + 1))
    ages = [row[f"within_{place}"] for place in range(len(AGES))]
    return Standing(state, row["count"], (*ages, row["count"] - sum(ages)), row["since"])


def _count(state: str) -> int:
    return OrderItem.objects.filter(state=state)[: MOST + 1].count()
