"""Buyers change and cancel an order until its process forbids it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from claimdesk.customers.models import Address
from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions import allotments
from claimdesk.orders.actions.changes import cancel_order, change_order
from claimdesk.orders.models import Allotment, Order, OrderItem
from tests import make

pytestmark = pytest.mark.django_db


def buyer(order: Order):
    return make.actor(make.membership(None, order.customer, "buyer").user)


def as_it_is(order: Order, **changes):
    """The fields of a change that leaves the order as it is, but for `changes`."""
    return {name: getattr(order, name) for name in ("po_number", "ship_to", "wished_on", "note")} | changes


def test_a_buyer_changes_what_stands_beside_the_lines():  # O25
    order = make.order()
    address = Address.objects.create(customer=order.customer, kind="shipping", town="Ulm")
    day = today() + timedelta(days=3)

    change_order(order, po_number="new", ship_to=address, wished_on=day, note="ring", by=buyer(order))

    order.refresh_from_db()
    assert (order.po_number, order.ship_to_town, order.wished_on, order.note) == ("new", "Ulm", day, "ring")
    event = Event.objects.about(order).get()
    assert (event.kind, event.data["fields"]) == ("order.changed", "po_number, ship_to, wished_on, note")


def test_what_stays_the_same_is_not_remembered():  # O25
    order = make.order(wished_on=today() - timedelta(days=9))

    change_order(order, **as_it_is(order), by=buyer(order))

    assert not Event.objects.about(order).exists()


def test_a_buyer_orders_less():  # O25
    order = make.order(quantities=[5, 2])
    first, second = order.items.order_by("pk")

    change_order(
        order, **as_it_is(order), quantities={first.pk: Decimal(2), second.pk: Decimal(0)}, by=buyer(order)
    )

    states = OrderItem.objects.order_by("line__position", "state").values_list("quantity", "state")
    assert sorted(states) == [(2, "canceled"), (2, "new"), (3, "canceled")]
    assert list(Allotment.objects.order_by("pk").values_list("canceled", flat=True)) == [3, 2]


@pytest.mark.parametrize("quantity", ["-1", "6"])
def test_no_more_is_ordered_by_a_change(quantity: str):  # O25
    order = make.order(quantities=[5])

    with pytest.raises(Refused) as refusal:
        change_order(
            order, **as_it_is(order), quantities={order.items.get().pk: Decimal(quantity)}, by=buyer(order)
        )

    assert refusal.value.code == "quantity"
    assert OrderItem.objects.get().quantity == 5


def test_nothing_is_changed_once_the_process_has_gone_on():  # O25
    order = make.order(state="shipped")

    with pytest.raises(Refused) as refusal:
        change_order(order, **as_it_is(order, note="late"), by=buyer(order))

    assert refusal.value.code == "not_changeable"
    assert Order.objects.get().note == ""


def test_a_buyer_cancels_the_order():  # O25
    order = make.order(quantities=[5, 2])

    cancel_order(order, reason="found it cheaper", by=buyer(order))

    order.refresh_from_db()
    assert order.state == "canceled"
    assert list(Allotment.objects.order_by("pk").values_list("canceled", flat=True)) == [5, 2]
    assert "order.canceled" in [event.kind for event in Event.objects.about(order)]


def test_an_order_that_went_too_far_is_canceled_by_staff_only():  # O25
    order = make.order(state="exported")

    with pytest.raises(Refused) as refusal:
        cancel_order(order, by=buyer(order))
    assert refusal.value.code == "not_cancelable"
    assert OrderItem.objects.get().state == "exported"

    cancel_order(order, by=make.STAFF)
    assert OrderItem.objects.get().state == "canceled"


def test_either_all_items_are_canceled_or_none():  # O25
    order = make.order(quantities=[1, 1])
    OrderItem.objects.filter(line__position=2).update(state="shipped")

    with pytest.raises(Refused):
        cancel_order(order, by=make.STAFF)

    assert sorted(OrderItem.objects.values_list("state", flat=True)) == ["new", "shipped"]


def test_what_a_reclamation_holds_is_not_canceled():  # R8
    order = make.order(quantities=[2])
    allotments.hold({order.lines.get().pk: Decimal(1)})

    with pytest.raises(Refused) as refusal:
        cancel_order(order, by=buyer(order))

    assert refusal.value.code == "quantity_taken"
    assert OrderItem.objects.get().state == "new"


def test_a_second_cancellation_is_refused():  # O25
    order = make.order()
    cancel_order(order, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        cancel_order(order, by=make.STAFF)

    assert refusal.value.code == "already_canceled"


def test_nobody_changes_another_accounts_order():  # O25
    order = make.order()
    stranger = make.actor(make.membership(None, make.customer(), "manager").user)

    with pytest.raises(NotAllowed):
        cancel_order(order, by=stranger)
    with pytest.raises(NotAllowed):
        change_order(order, **as_it_is(order, note="mine"), by=stranger)
