"""Timeouts: stored due times, safe to run twice and after days of downtime (O13)."""

from datetime import timedelta

import pytest

from claimdesk.kernel.clock import clock_at, now
from claimdesk.ledger.models import Event, Timer
from claimdesk.orders.actions.items import enter_items, trigger_event
from claimdesk.orders.actions.processes import save_process
from claimdesk.orders.models import Allotment, Order, OrderItem
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db

WAITS = """
name = "waits"
start = "new"
happy_path = ["new", "done"]
[state.new]
label = "New"
[state.reminded]
label = "Reminded"
[state.done]
label = "Done"
flags = ["final"]
[event.remind]
kind = "timeout"
after = "2 days"
label = "Remind"
[event.finish]
kind = "timeout"
after = "5 days"
label = "Finish"
[[transition]]
event = "remind"
from = "new"
to = "reminded"
if = "paid"
[[transition]]
event = "finish"
from = ["new", "reminded"]
to = "done"
"""


def deliver(number: int = 1) -> list[Order]:
    orders = [make.order(state="shipped") for _ in range(number)]
    trigger_event(OrderItem.objects.filter(order__in=orders), "deliver", by=make.STAFF)
    return orders


def states() -> set[str]:
    return set(OrderItem.objects.values_list("state", flat=True))


def test_nothing_happens_before_the_time():  # O13
    deliver()

    with clock_at(now() + timedelta(days=59)):
        work_off()

    assert states() == {"delivered"}


def test_many_items_are_worked_off_together_after_weeks_of_downtime():  # O13
    orders = deliver(30)

    with clock_at(now() + timedelta(days=100)):
        outcomes = work_off()

    assert states() == {"closed"}
    assert {order.state for order in Order.objects.all()} == {"closed"}
    assert sum(1 for outcome in outcomes if "moved" in outcome.line) == 1
    assert set(Timer.objects.values_list("state", flat=True)) == {"done"}
    for order in orders:
        assert Event.objects.about(order).filter(data__event="close").count() == 1


def test_a_timer_that_rings_twice_moves_once():  # O13
    (order,) = deliver()
    with clock_at(now() + timedelta(days=61)):
        work_off()
        Timer.objects.update(state="due", leased_until=None, lease="", attempts=0)

        work_off()

    assert states() == {"closed"}
    assert Event.objects.about(order).filter(data__event="close").count() == 1


def test_an_item_that_moved_on_meanwhile_is_left_alone():  # O13
    deliver()
    trigger_event(OrderItem.objects.all(), "await_return", by=make.STAFF)

    with clock_at(now() + timedelta(days=100)):
        work_off()

    assert states() == {"waiting_for_return"}
    assert Timer.objects.get().state == "canceled"


def test_the_rest_of_a_split_item_keeps_its_time():  # O12 O13
    order = make.order(quantities=(5,), state="shipped")
    trigger_event(OrderItem.objects.all(), "deliver", by=make.STAFF)
    item = OrderItem.objects.get()
    trigger_event([item], "await_return", quantities={item.pk: 2}, by=make.STAFF)

    with clock_at(now() + timedelta(days=61)):
        work_off()

    assert sorted(OrderItem.objects.filter(order=order).values_list("quantity", "state")) == [
        (2, "waiting_for_return"),
        (3, "closed"),
    ]


def test_a_timeout_that_no_guard_lets_pass_waits_for_the_next_and_then_a_day():  # O13
    process = save_process(WAITS, by=make.STAFF)
    order = make.order(process=process)
    OrderItem.objects.all().delete()
    enter_items(order, list(order.lines.all()), by=make.STAFF)
    entered = OrderItem.objects.get().entered_at

    with clock_at(entered + timedelta(days=3)):
        work_off()
    after_the_first = states()
    due = Timer.objects.get(state="due").due_at
    with clock_at(entered + timedelta(days=6)):
        work_off()

    assert after_the_first == {"new"}
    assert due == entered + timedelta(days=5)
    assert states() == {"done"}


def test_no_payment_in_time_cancels_and_frees_the_quantity():  # O9 O13
    order = make.order(payment_terms="prepayment")
    OrderItem.objects.all().delete()
    enter_items(order, list(order.lines.all()), by=make.STAFF)
    waiting = states()

    with clock_at(now() + timedelta(days=31)):
        work_off()

    assert waiting == {"payment_pending"}
    assert states() == {"canceled"}
    assert Allotment.objects.get().canceled == 1


def test_a_claimed_item_whose_payment_never_came_stays_and_is_asked_again():  # O13 R8
    order = make.order(payment_terms="prepayment")
    OrderItem.objects.all().delete()
    enter_items(order, list(order.lines.all()), by=make.STAFF)
    Allotment.objects.update(held=1)
    later = now() + timedelta(days=31)

    with clock_at(later):
        work_off()

    assert states() == {"payment_pending"}
    assert Timer.objects.get(state="due").due_at == later + timedelta(days=1)
