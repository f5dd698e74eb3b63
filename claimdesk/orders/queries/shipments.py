"""Shipments that the actor may see, their tracking links, and how items get on their way (O16)."""

from decimal import Decimal
from urllib.parse import quote

from django.db.models import Prefetch, QuerySet

from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order, OrderItem, OrderLine, Shipment, ShipmentItem
from claimdesk.orders.permissions import SEE_ORDERS, VIEW_ORDERS
from claimdesk.orders.process.definition import MANUAL, SHIPPED, Process
from claimdesk.orders.queries.processes import process_of
from claimdesk.orders.queries.scope import of_seen_order, papers


def shipments(actor: Actor) -> QuerySet[Shipment]:
    """Return shipments with what is in them: staff see all or their own customers', others their account's."""
    rows = _with_contents().select_related("order__customer")
    return papers(rows, actor, staff=VIEW_ORDERS, customers=SEE_ORDERS, customer="order__customer")


def shipments_of(order: Order, actor: Actor) -> QuerySet[Shipment]:
    """Return the shipments of an order that the actor was shown, with what is in them."""
    return of_seen_order(_with_contents(), order, actor, staff=VIEW_ORDERS, customers=SEE_ORDERS)


def _with_contents() -> QuerySet[Shipment]:
    items = ShipmentItem.objects.select_related("line").order_by("line__position")
    return Shipment.objects.prefetch_related(Prefetch("items", queryset=items, to_attr="contents"))


def tracking_url(carrier: str, tracking_number: str) -> str:
    """Return where a carrier shows a consignment, or nothing; the seller's settings hold the links."""
    if not tracking_number:
        return ""
    wanted = carrier.casefold().strip()
    for each in company().carriers:
        if each["name"].casefold() == wanted and each.get("link"):
            return each["link"].replace("{number}", quote(tracking_number, safe=""))
    return ""


def carriers() -> list[str]:
    """Return the names of the seller's carriers."""
    return [each["name"] for each in company().carriers]


def way_to(process: Process, state: str, flag: str, person: str) -> str:
    """Return the manual event by which `person` brings an item from `state` to one with `flag` on the happy path, or nothing."""
    if flag in process.states[state].flags:
        return ""
    for transition in process.of_kind(state, MANUAL):
        target = process.states[transition.target]
        is_ahead = transition.target in process.happy_path and flag in target.flags
        if is_ahead and person in process.events[transition.event].by:
            return transition.event
    return ""


def ready_to_ship(order: Order, person: str) -> dict[OrderLine, Decimal]:
    """Return how much of each line could be shipped now."""
    process = process_of(order.process)
    ready: dict[OrderLine, Decimal] = {}
    items = OrderItem.objects.filter(order=order).select_related("line").order_by("line__position", "pk")
    for item in items:
        if way_to(process, item.state, SHIPPED, person):
            ready[item.line] = ready.get(item.line, Decimal(0)) + item.quantity
    return ready
