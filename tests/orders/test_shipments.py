"""Shipments: what leaves moves on by the process, and what arrives may come back for a while."""

from datetime import timedelta
from decimal import Decimal

import pytest

from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.orders.actions.shipments import change_shipment, deliver_shipment, send_shipment
from claimdesk.orders.models import Allotment, OrderItem, Shipment
from claimdesk.orders.queries.shipments import tracking_url
from tests import make

pytestmark = pytest.mark.django_db


def ship(order, quantity, **more):
    """Ship a quantity of the order's only line."""
    line = order.lines.get().pk
    return send_shipment(order, lines={line: Decimal(quantity)}, by=make.STAFF, **more)


def standing(order):
    """Where the items of an order stand."""
    return sorted(OrderItem.objects.filter(order=order).values_list("state", "quantity"))


def test_what_is_shipped_moves_on_and_the_rest_stays():  # O16
    order = make.order(quantities=(5,), state="exported")

    shipment = ship(order, 2, carrier="DHL", tracking_number="JD 01")

    assert standing(order) == [("exported", 3), ("shipped", 2)]
    assert Allotment.objects.get().shipped == 2
    assert (shipment.items.get().quantity, shipment.tracking_number) == (2, "JD 01")


def test_a_number_that_an_import_writes_otherwise_is_passed_over():  # O16
    order = make.order(quantities=(5,), state="exported")
    first = ship(order, 1)
    number = int(first.number.removeprefix("S-"))
    Shipment.objects.create(order=order, number=f"s {number + 1}", shipped_on=today())

    second = ship(order, 1)

    assert second.number == f"S-{number + 2}"


def test_a_delivery_moves_items_on_and_sets_until_when_they_may_come_back():  # O16
    make.company(return_days=14)
    order = make.order(quantities=(5,), state="exported")
    shipment = ship(order, 5)

    deliver_shipment(shipment, by=make.STAFF)

    shipment.refresh_from_db()
    assert standing(order) == [("delivered", 5)]
    assert shipment.return_by_on == today() + timedelta(days=14)
    assert Allotment.objects.get().delivered == 5


def test_a_delivery_is_noted_once():  # O16
    order = make.order(state="exported")
    shipment = ship(order, 1)
    deliver_shipment(shipment, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        deliver_shipment(shipment, by=make.STAFF)

    assert refusal.value.code == "already_delivered"


@pytest.mark.parametrize(("days", "code"), [(-1, "delivered_before_shipped"), (2, "delivered_in_future")])
def test_a_delivery_has_a_day_between_shipping_and_today(days, code):  # O16
    shipment = ship(make.order(state="exported"), 1)

    with pytest.raises(Refused) as refusal:
        deliver_shipment(shipment, delivered_on=today() + timedelta(days=days), by=make.STAFF)

    assert refusal.value.code == code
    shipment.refresh_from_db()
    assert shipment.delivered_on is None


@pytest.mark.parametrize(
    ("quantity", "code"),
    [(0, "quantity_not_positive"), (-1, "quantity_not_positive"), (6, "already_shipped")],
)
def test_odd_quantities_are_not_shipped(quantity, code):  # O16
    order = make.order(quantities=(5,), state="exported")

    with pytest.raises(Refused) as refusal:
        ship(order, quantity)

    assert refusal.value.code == code
    assert not Shipment.objects.exists()


def test_what_is_not_ready_is_not_shipped():  # O16
    order = make.order(quantities=(5,), state="new")

    with pytest.raises(Refused) as refusal:
        ship(order, 1)

    assert refusal.value.code == "not_ready_to_ship"
    assert not Shipment.objects.exists()
    assert Allotment.objects.get().shipped == 0


def test_items_that_a_person_moved_by_hand_are_left_alone_by_a_delivery():  # O16
    order = make.order(quantities=(2,), state="exported")
    shipment = ship(order, 2)
    OrderItem.objects.update(state="waiting_for_return")

    deliver_shipment(shipment, by=make.STAFF)

    assert standing(order) == [("waiting_for_return", 2)]


def test_a_tracking_number_leads_to_the_carrier():  # O16
    assert tracking_url("dhl", "JD 01/2").endswith("AWB=JD%2001%2F2")
    assert tracking_url("Own van", "7") == ""
    assert tracking_url("DHL", "") == ""


def test_carrier_and_tracking_number_can_be_corrected():  # O16
    shipment = ship(make.order(state="exported"), 1, carrier="DHL")

    change_shipment(shipment, carrier="UPS", tracking_number="1Z", by=make.STAFF)

    shipment.refresh_from_db()
    assert (shipment.carrier, shipment.tracking_number) == ("UPS", "1Z")


def test_who_may_not_ship_ships_nothing():  # O16
    order = make.order(state="exported")
    accountant = make.staff("finance")

    with pytest.raises(NotAllowed):
        send_shipment(
            order, lines={order.lines.get().pk: Decimal(1)}, by=make.actor(accountant, door="office")
        )

    assert not Shipment.objects.exists()
