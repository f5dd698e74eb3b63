"""What an order's page shows of its lines and items, each read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claimdesk.catalog.wording import percent_words, price_reason
from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order, OrderItem, OrderLine
from claimdesk.orders.queries.items import OfferedEvent, offered_events
from claimdesk.orders.queries.processes import state_label


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item with what its state is called, and what the actor may have happen to it now."""

    item: OrderItem
    label: str
    events: Sequence[OfferedEvent]


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line with the reason of its price in words."""

    line: OrderLine
    reason: str

    @property
    def tax_percent(self) -> str:
        return percent_words(self.line.tax_rate)

    @property
    def discount_percent(self) -> str:
        return percent_words(self.line.discount)


def shown_lines(order: Order) -> list[ShownLine]:
    """Return the order's lines by position, each with its allotment."""
    rows = OrderLine.objects.filter(order=order).select_related("allotment").order_by("position")
    return [ShownLine(line, price_reason(line.price_reason)) for line in rows]


def items_of(order: Order) -> list[OrderItem]:
    """Return the order's items by line, what is furthest behind first as it was entered."""
    rows = OrderItem.objects.filter(order=order).select_related("line")
    return list(rows.order_by("line__position", "pk"))


def shown_items(order: Order, items: Sequence[OrderItem], actor: Actor) -> list[ShownItem]:
    """Return items with their state's name and the events that the actor may trigger."""
    events: Mapping[int, Sequence[OfferedEvent]] = offered_events(order, items, actor)
    labels = {state: state_label(order.process, state) for state in {item.state for item in items}}
    return [ShownItem(item, labels[item.state], events[item.pk]) for item in items]


def events_of_all(items: Sequence[ShownItem]) -> list[OfferedEvent]:
    """Return the events that may happen to at least one of the items, each once."""
    return list({event.name: event for item in items for event in item.events}.values())
