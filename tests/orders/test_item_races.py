"""Rivals at the items of one order: one of them wins, the other is told; nothing is done twice (O13)."""

from collections import Counter
from datetime import timedelta

import pytest

from claimdesk.kernel.clock import clock_at, now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.allotments import hold
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.models import Allotment, Order, OrderItem
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.race
ROUNDS = 8


def triggering(items: list[OrderItem], event: str):
    """What somebody does who has the items before him as they are now."""
    return lambda: trigger_event(items, event, by=make.STAFF)


def holding(item: OrderItem):
    """What an open reclamation does."""
    return lambda: hold({item.line_id: item.quantity})


def moves() -> Counter[str]:
    return Counter(row.data["event"] for row in Event.objects.filter(kind="order.items_moved"))


def test_of_two_events_at_once_one_happens_and_the_other_is_told(race):  # O13
    for _round in range(ROUNDS):
        order = make.order(state="exported")
        read = [list(OrderItem.objects.filter(order=order)) for _rival in range(2)]

        results = race(triggering(read[0], "ship"), triggering(read[1], "cancel_exported"))

        codes = sorted(result[0].code for result in results)
        assert codes == ["", "already_changed"]
        item = OrderItem.objects.get(order=order)
        assert (item.version, item.state) in {(2, "shipped"), (2, "canceled")}
        assert Allotment.objects.get(line=item.line).canceled == (1 if item.state == "canceled" else 0)
        assert Event.objects.about(order).count() == 1


def test_the_same_event_five_times_at_once_happens_once(race):  # O13
    order = make.order(state="exported")
    read = [list(OrderItem.objects.filter(order=order)) for _rival in range(5)]

    results = race(*[triggering(items, "ship") for items in read])

    assert Counter(result[0].code for result in results) == {"": 1, "already_changed": 4}
    assert moves() == {"ship": 1}


def test_different_items_of_one_order_move_side_by_side_and_the_order_shows_the_last(race):  # O1 O13
    for _round in range(ROUNDS):
        order = make.order(quantities=(1, 1, 1), state="exported")
        items = list(OrderItem.objects.filter(order=order))

        results = race(*[triggering([item], "ship") for item in items])

        assert [result[0].moved for result in results] == [True] * 3
        assert Order.objects.get(pk=order.pk).state == "shipped"


def test_a_timeout_and_somebody_at_once_move_the_item_once(race):  # O13
    for _round in range(ROUNDS):
        order = make.order(state="shipped")
        trigger_event(OrderItem.objects.filter(order=order), "deliver", by=make.STAFF)
        read = list(OrderItem.objects.filter(order=order))

        def worker() -> object:
            with clock_at(now() + timedelta(days=61)):
                return work_off()

        results = race(worker, triggering(read, "await_return"), worker)

        assert not [result for result in results if isinstance(result, Exception)]
        item = OrderItem.objects.get(order=order)
        assert item.version == 3
        assert item.state in {"closed", "waiting_for_return"}
        assert Event.objects.about(order).filter(kind="order.items_moved").count() == 2


def test_the_last_piece_is_claimed_or_canceled_and_never_both(race):  # O13 R8
    for _round in range(ROUNDS):
        order = make.order()
        item = OrderItem.objects.get(order=order)

        claimed, canceled = race(holding(item), triggering([item], "cancel"))

        row = Allotment.objects.get(pk=item.line_id)
        assert row.held + row.canceled == 1
        assert isinstance(claimed, Refused) == canceled[0].moved


def test_many_timeouts_are_shared_among_workers_and_each_rings_once(race):  # O13
    orders = [make.order(state="shipped") for _each in range(20)]
    trigger_event(OrderItem.objects.filter(order__in=orders), "deliver", by=make.STAFF)

    def worker() -> object:
        with clock_at(now() + timedelta(days=61)):
            return work_off()

    results = race(worker, worker, worker)

    assert not [result for result in results if isinstance(result, Exception)]
    assert set(OrderItem.objects.values_list("state", flat=True)) == {"closed"}
    assert moves()["close"] == 20
