"""Shipments: sent, changed, delivered (O16)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.company.actions.sequences import next_number
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record
from claimdesk.orders.actions import allotments
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.events.shipments import ShipmentChanged, ShipmentDelivered, ShipmentSent
from claimdesk.orders.models import Order, OrderItem, OrderLine, Shipment, ShipmentItem
from claimdesk.orders.permissions import EDIT_SHIPMENTS, TRIGGER_ITEM_EVENTS
from claimdesk.orders.process.definition import DELIVERED, SHIPPED
from claimdesk.orders.queries.items import person_of
from claimdesk.orders.queries.processes import process_of
from claimdesk.orders.queries.shipments import way_to

FIRST_NUMBER = 10_000
LONGEST_LIST = 200


@transaction.atomic
def send_shipment(
    order: Order,
    *,
    lines: Mapping[int, Decimal],
    carrier: str = "",
    tracking_number: str = "",
    shipped_on: date | None = None,
    by: Actor,
) -> Shipment:
    """Ship quantities of an order's lines, by key of line: their items move on by the process's own event (O16).

    Refuses: `no_lines`, `foreign_line`, `quantity_not_positive`, `not_ready_to_ship`, and what the event refuses; then
    nothing of the shipment stays.
    Records: ShipmentSent, and what trigger_event records.
    """
    by.require(EDIT_SHIPMENTS)
    Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    named = _checked(order, lines)
    day = shipped_on or today(company().time_zone)
    fields = {"carrier": tidy(carrier)[:80], "tracking_number": tidy(tracking_number)[:80]}
    shipment = _insert(Shipment(order=order, shipped_on=day, **fields))
    ShipmentItem.objects.bulk_create(
        ShipmentItem(shipment=shipment, line_id=key, quantity=quantity) for key, quantity in lines.items()
    )
    allotments.ship(lines)
    _move(order, lines, flag=SHIPPED, by=by)
    fact = ShipmentSent(
        shipment.pk,
        number=shipment.number,
        order=order.number,
        what=_named(named, lines),
        carrier=shipment.carrier or _("own transport"),
        tracking_number=shipment.tracking_number,
    )
    record(fact, about=order, by=by)
    return shipment


@transaction.atomic
def change_shipment(shipment: Shipment, *, carrier: str, tracking_number: str, by: Actor) -> None:
    """Correct the carrier and the tracking number; what stays the same is not recorded.

    Records: ShipmentChanged.
    """
    by.require(EDIT_SHIPMENTS)
    carrier, tracking_number = tidy(carrier)[:80], tidy(tracking_number)[:80]
    if (carrier, tracking_number) == (shipment.carrier, shipment.tracking_number):
        return
    shipment.carrier, shipment.tracking_number = carrier, tracking_number
    shipment.save(update_fields=["carrier", "tracking_number"])
    fact = ShipmentChanged(shipment.pk, shipment.number, carrier, tracking_number)
    record(fact, about=shipment.order, by=by)


@transaction.atomic
def deliver_shipment(shipment: Shipment, *, delivered_on: date | None = None, by: Actor) -> None:
    """Note that a shipment arrived: its items move on, and until when they may come back follows the policy (O16).

    Refuses: `already_delivered`, `delivered_before_shipped`, `delivered_in_future`, and what the event refuses.
    Records: ShipmentDelivered, and what trigger_event records.
    """
    by.require(EDIT_SHIPMENTS)
    order = shipment.order
    Order.objects.select_for_update(of=("self",)).get(pk=order.pk)
    on = delivered_on or today(company().time_zone)
    if on < shipment.shipped_on:
        raise Refused("delivered_before_shipped", _("It did not arrive before it was shipped."))
    if on > today(company().time_zone):
        raise Refused("delivered_in_future", _("A delivery is not noted before its day."))
    return_by = on + timedelta(days=company().return_days)
    changed = Shipment.objects.filter(pk=shipment.pk, delivered_on=None).update(
        delivered_on=on, return_by_on=return_by
    )
    if not changed:
        raise Refused("already_delivered", _("This shipment has arrived already."))
    shipment.delivered_on, shipment.return_by_on = on, return_by
    items = ShipmentItem.objects.filter(shipment=shipment)
    lines = {item.line_id: item.quantity for item in items}
    allotments.deliver(lines)
    _move(order, lines, flag=DELIVERED, by=by, may_have_moved=True)
    fact = ShipmentDelivered(
        shipment.pk,
        shipment.number,
        delivered_on=on.isoformat(),
        return_by_on=return_by.isoformat(),
    )
    record(fact, about=order, by=by)


def _checked(order: Order, lines: Mapping[int, Decimal]) -> list[OrderLine]:
    if not lines:
        raise Refused("no_lines", _("Choose what is shipped."))
    if any(quantity <= 0 for quantity in lines.values()):
        raise Refused("quantity_not_positive", _("A quantity must be more than zero."))
    named = list(OrderLine.objects.filter(order=order, pk__in=list(lines)).order_by("position"))
    if len(named) != len(lines):
        raise Refused("foreign_line", _("This item is not part of the order."))
    return named


def _named(named: Iterable[OrderLine], quantities: Mapping[int, Decimal]) -> str:
    text = ", ".join(f"{shown_quantity(quantities[line.pk])} × {line.product_number}" for line in named)
    return text if len(text) <= LONGEST_LIST else text[: LONGEST_LIST - 1] + "…"


def _move(
    order: Order,
    lines: Mapping[int, Decimal],
    *,
    flag: str,
    by: Actor,
    may_have_moved: bool = False,
) -> None:
    """Let quantities of lines take the process's event that leads to `flag`, each from as many items as it needs.

    Takes: `may_have_moved`: what is not where the event begins any more was moved by hand, and is left alone.
    """
    process, person = process_of(order.process), person_of(by)
    items = OrderItem.objects.filter(order=order, line_id__in=list(lines)).order_by("entered_at", "pk")
    left = dict(lines)
    chosen: dict[str, list[OrderItem]] = defaultdict(list)
    quantities: dict[int, Decimal] = {}
    for item in items:
        event = way_to(process, item.state, flag, person)
        quantity = min(left[item.line_id], item.quantity)
        if event and quantity > 0:
            chosen[event].append(item)
            quantities[item.pk] = quantity
            left[item.line_id] -= quantity
    if not may_have_moved and any(left.values()):
        raise _not_ready(order, left)
    for event, moving in chosen.items():
        _trigger(moving, event, quantities, by)


def _trigger(items: Iterable[OrderItem], event: str, quantities: Mapping[int, Decimal], by: Actor) -> None:
    mover = by.who_also_may(TRIGGER_ITEM_EVENTS)
    for result in trigger_event(items, event, quantities=quantities, by=mover):
        if not result.moved:
            raise Refused(result.code, result.message)


def _not_ready(order: Order, left: Mapping[int, Decimal]) -> Refused:
    line = OrderLine.objects.get(pk=next(key for key, quantity in left.items() if quantity))
    return Refused(
        "not_ready_to_ship",
        _("Of %(article)s less is ready to be shipped than that.") % {"article": line.product_number},
    )


def _insert(shipment: Shipment) -> Shipment:
    """Insert a shipment under the next number of ours that no import has taken."""
    while True:
        shipment.number = f"S-{FIRST_NUMBER + next_number('shipment')}"
        try:
            with transaction.atomic():
                shipment.save(force_insert=True)
        except IntegrityError:
            if not Shipment.objects.filter(number_folded=shipment.number_folded).exists():
                raise
        else:
            return shipment
