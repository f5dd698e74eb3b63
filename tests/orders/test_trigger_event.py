"""Events of items: who may trigger which, what moves, what stays, and what is remembered."""

from dataclasses import replace
from decimal import Decimal

import pytest

from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event, Timer
from claimdesk.orders.actions.items import follow_up_items, trigger_event
from claimdesk.orders.models import Allotment, Order, OrderItem, Payment
from claimdesk.orders.permissions import TRIGGER_ITEM_EVENTS
from tests import make

pytestmark = pytest.mark.django_db


def items_of(order: Order) -> list[OrderItem]:
    return list(OrderItem.objects.filter(order=order).order_by("pk"))


def states_of(order: Order) -> list[tuple[Decimal, str]]:
    return [(item.quantity, item.state) for item in items_of(order)]


def moves_of(order: Order) -> list[tuple[str, str, str]]:
    rows = Event.objects.about(order).filter(kind="order.items_moved").order_by("pk")
    return [(row.data["event"], row.data["source"], row.data["target"]) for row in rows]


def test_an_event_moves_one_item_and_says_so_on_the_order():  # O12 O13
    order = make.order(quantities=(2, 3), state="exported")

    results = trigger_event(items_of(order)[:1], "ship", by=make.STAFF)

    assert [result.moved for result in results] == [True]
    assert states_of(order) == [(2, "shipped"), (3, "exported")]
    event = Event.objects.get(kind="order.items_moved")
    assert event.subject == f"order/{order.pk}"
    assert event.customer_id == order.customer_id
    assert event.data["items"] == [[items_of(order)[0].pk, "2", None]]


def test_all_items_move_each_with_its_result():  # O12
    order = make.order(quantities=(1, 1, 1), state="exported")
    items = items_of(order)
    trigger_event(items[:1], "cancel_exported", by=make.STAFF)

    results = trigger_event(items_of(order), "ship", by=make.STAFF)

    assert [(result.moved, result.code) for result in results] == [
        (False, "not_offered"),
        (True, ""),
        (True, ""),
    ]
    assert [state for _quantity, state in states_of(order)] == ["canceled", "shipped", "shipped"]


def test_a_partial_quantity_splits_the_item():  # O12
    order = make.order(quantities=(5,), state="exported")
    item = items_of(order)[0]

    results = trigger_event([item], "ship", quantities={item.pk: Decimal(2)}, by=make.STAFF)

    assert states_of(order) == [(3, "exported"), (2, "shipped")]
    part = items_of(order)[1]
    assert results[0].moved_item_id == part.pk
    assert Event.objects.get(kind="order.items_moved").data["items"] == [[part.pk, "2", item.pk]]


@pytest.mark.parametrize("quantity", ["0", "-1", "6", "0.5"])
def test_no_impossible_quantity_moves(quantity):  # O12
    order = make.order(quantities=(5,), state="exported")
    item = items_of(order)[0]

    results = trigger_event([item], "ship", quantities={item.pk: Decimal(quantity)}, by=make.STAFF)

    assert [(result.moved, result.code) for result in results] == [(False, "quantity")]
    assert states_of(order) == [(5, "exported")]
    assert not Event.objects.filter(kind="order.items_moved").exists()


def test_what_happens_by_itself_happens_at_once():  # O9 O13
    order = make.order()

    trigger_event(items_of(order), "confirm", by=make.STAFF)

    assert states_of(order) == [(1, "exported")]
    assert moves_of(order) == [("confirm", "new", "confirmed"), ("pass_export", "confirmed", "exported")]
    assert [row.names["actor"] for row in Event.objects.filter(kind="order.items_moved").order_by("pk")] == [
        "Sam Staff",
        "Claimdesk",
    ]


def test_a_guard_refuses_with_its_words():  # O9 O22
    order = make.order(approval="pending")

    results = trigger_event(items_of(order), "confirm", by=make.STAFF)

    assert [(result.moved, result.code) for result in results] == [(False, "condition")]
    assert "no approval by the customer's manager is missing" in results[0].message
    assert states_of(order) == [(1, "new")]


def test_the_second_of_two_who_read_the_same_is_told_so():  # O13
    order = make.order(state="exported")
    first, second = items_of(order), items_of(order)
    trigger_event(first, "ship", by=make.STAFF)

    results = trigger_event(second, "cancel_exported", by=make.STAFF)

    assert [(result.moved, result.code) for result in results] == [(False, "already_changed")]
    assert states_of(order) == [(1, "shipped")]
    assert len(moves_of(order)) == 1


def test_a_customer_triggers_only_what_the_process_leaves_to_customers():  # O9 O25
    customer = make.customer()
    person = make.membership(None, customer, "buyer").user
    new, exported = make.order(customer), make.order(customer, state="exported")
    buyer = make.actor(person)

    canceled = trigger_event(items_of(new), "cancel", by=buyer)
    shipped = trigger_event(items_of(exported), "cancel_exported", by=buyer)

    assert [result.moved for result in canceled] == [True]
    assert [(result.moved, result.code) for result in shipped] == [(False, "not_offered")]


def test_nobody_moves_items_without_the_permission():  # O12
    order = make.order(state="exported")
    stranger = replace(make.STAFF, permissions=frozenset())

    with pytest.raises(NotAllowed, match=TRIGGER_ITEM_EVENTS):
        trigger_event(items_of(order), "ship", by=stranger)

    assert states_of(order) == [(1, "exported")]


def test_nobody_moves_items_of_another_account_or_representatives_customer():  # A53 A80
    order = make.order(state="new")
    buyer = make.actor(make.membership(None, make.customer(), "buyer").user)
    limited = make.actor(make.staff("sales", only_own_customers=True), door="office")

    for stranger in (buyer, limited):
        with pytest.raises(NotAllowed):
            trigger_event(items_of(order), "cancel", by=stranger)

    assert [state for _quantity, state in states_of(order)] == [order.state]


def test_canceling_takes_the_quantity_out_of_the_order_in_the_same_transaction():  # O13 R8
    order = make.order(quantities=(5,))
    item = items_of(order)[0]

    trigger_event([item], "cancel", quantities={item.pk: Decimal(2)}, by=make.STAFF)

    assert Allotment.objects.get(line=item.line).canceled == 2
    assert states_of(order) == [(3, "new"), (2, "canceled")]


def test_what_is_claimed_cannot_be_canceled_and_the_rest_can():  # O13 R8
    order = make.order(quantities=(1, 1))
    Allotment.objects.filter(line__order=order, line__position=1).update(held=1)

    results = trigger_event(items_of(order), "cancel", by=make.STAFF)

    assert [(result.moved, result.code) for result in results] == [(False, "quantity_taken"), (True, "")]
    assert [state for _quantity, state in states_of(order)] == ["new", "canceled"]
    assert sum(row.canceled for row in Allotment.objects.filter(line__order=order)) == 1


def test_the_order_shows_the_item_furthest_behind_leaving_canceled_ones_out():  # O1
    order = make.order(quantities=(1, 1, 1), state="exported")
    items = items_of(order)

    trigger_event(items[:1], "cancel_exported", by=make.STAFF)
    trigger_event(items[1:2], "ship", by=make.STAFF)
    order.refresh_from_db()
    behind = order.state
    trigger_event(items[2:], "ship", by=make.STAFF)
    order.refresh_from_db()

    assert (behind, order.state) == ("exported", "shipped")


def test_items_of_several_orders_move_in_one_call():  # O12
    first, second = make.order(state="exported"), make.order(state="exported")

    results = trigger_event([*items_of(second), *items_of(first)], "ship", by=make.STAFF)

    assert [result.moved for result in results] == [True, True]
    assert len(moves_of(first)) == len(moves_of(second)) == 1


def test_a_payment_lets_the_order_go_on_by_itself():  # O9
    order = make.order(payment_terms="prepayment")
    follow_up_items([order], by=SYSTEM)
    waiting = states_of(order)
    Payment.objects.create(
        customer=order.customer,
        order=order,
        amount=order.total,
        currency="EUR",
        paid_on=order.ordered_on,
    )

    follow_up_items([order], by=SYSTEM)

    assert waiting == [(1, "payment_pending")]
    assert states_of(order) == [(1, "exported")]
    assert Timer.objects.get().state == "canceled"


def test_twenty_items_cost_no_more_queries_than_two(django_assert_max_num_queries):  # O12
    order = make.order(quantities=(1,) * 20, state="exported")
    items = items_of(order)

    with django_assert_max_num_queries(12):
        results = trigger_event(items, "ship", by=make.STAFF)

    assert all(result.moved for result in results)
