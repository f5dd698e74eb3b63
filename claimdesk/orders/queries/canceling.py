"""What of an order can still be changed and canceled, by whom (O25)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order, OrderItem
from claimdesk.orders.process.definition import CANCELED, MANUAL
from claimdesk.orders.process.engine import next_transition
from claimdesk.orders.process.guards import GUARDS, Facts
from claimdesk.orders.process.rights import may_have_done
from claimdesk.orders.queries.items import person_of
from claimdesk.orders.queries.processes import process_of

CHANGEABLE = "changeable"


@dataclass(frozen=True, slots=True)
class Canceling:
    """`open_items` are not canceled yet; of them `by_event` can be by these events, `stuck` cannot."""

    open_items: list[OrderItem]
    by_event: Mapping[str, list[OrderItem]]
    stuck: list[OrderItem]


def canceling_events(order: Order, items: Collection[OrderItem], actor: Actor) -> Canceling:
    """Return by which event of the process the actor can cancel each of the order's items now."""
    process = process_of(order.process)
    open_items = [item for item in items if CANCELED not in process.states[item.state].flags]
    by_event: dict[str, list[OrderItem]] = {}
    stuck: list[OrderItem] = []
    events = {state: _event(order, state, actor) for state in {item.state for item in open_items}}
    for item in open_items:
        event = events[item.state]
        (by_event.setdefault(event, []) if event else stuck).append(item)
    return Canceling(open_items, by_event, stuck)


def can_cancel(order: Order, items: Collection[OrderItem], actor: Actor) -> bool:
    """Tell whether the actor can cancel all that is left of the order."""
    found = canceling_events(order, items, actor)
    return bool(found.open_items) and not found.stuck


def can_change(order: Order, items: Collection[OrderItem]) -> bool:
    """Tell whether the process still lets the order be changed: nothing of it has gone further."""
    process = process_of(order.process)
    open_items = [item for item in items if CANCELED not in process.states[item.state].flags]
    return bool(open_items) and all(CHANGEABLE in process.states[item.state].flags for item in open_items)


def _event(order: Order, state: str, actor: Actor) -> str:
    """Return the manual event that leads from `state` to a canceled one and that the actor may trigger, or nothing."""
    process, person, facts = process_of(order.process), person_of(actor), Facts([order])
    for transition in process.of_kind(state, MANUAL):
        event = process.events[transition.event]
        if person not in event.by or CANCELED not in process.states[transition.target].flags:
            continue
        if not may_have_done(event, actor):
            continue
        taken = next_transition(process, state, event.name, lambda guard: GUARDS[guard](order, facts))
        if taken == transition:
            return event.name
    return ""
