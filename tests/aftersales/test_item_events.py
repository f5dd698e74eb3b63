from decimal import Decimal

import pytest

from claimdesk.access.queries.access import actor_of
from claimdesk.aftersales.actions.reclamation_deeds import send_parts, trigger_item_event
from claimdesk.aftersales.actions.reclamations import close_reclamation
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.models import Allotment, OrderItem
from tests import make

pytestmark = pytest.mark.django_db
ONE = Decimal(1)


def test_an_event_moves_the_ticked_items_as_far_as_the_process_allows():  # R6, O12
    order = make.order(quantities=(1, 1), state="delivered")
    reclamation = make.reclamation(order)
    first, second = OrderItem.objects.order_by("pk")
    OrderItem.objects.filter(pk=second.pk).update(state="canceled")
    second.refresh_from_db()

    results = trigger_item_event(reclamation, "await_return", items=[first, second], by=make.STAFF)

    assert [(each.item_id, each.moved) for each in results] == [(first.pk, True), (second.pk, False)]
    assert results[1].code == "not_offered"
    assert OrderItem.objects.get(pk=first.pk).state == "waiting_for_return"
    event = Event.objects.about(reclamation).latest("pk")
    assert (event.kind, event.data["moved"], event.data["asked"]) == ("reclamation.items_triggered", 1, 2)


def test_a_part_of_an_item_is_moved():  # R6, O12
    reclamation = make.reclamation(make.order(quantities=(3,), state="delivered"))
    item = OrderItem.objects.get()

    trigger_item_event(reclamation, "await_return", items=[item], quantities={item.pk: ONE}, by=make.STAFF)

    standing = dict(OrderItem.objects.values_list("state", "quantity"))
    assert standing == {"waiting_for_return": 1, "delivered": 2}


def test_where_nothing_moves_nothing_is_remembered():  # R6
    reclamation = make.reclamation(make.order(state="closed"))

    results = trigger_item_event(reclamation, "cancel", items=list(OrderItem.objects.all()), by=make.STAFF)

    assert [each.moved for each in results] == [False]
    assert Event.objects.about(reclamation).count() == 1


def test_the_second_of_two_who_saw_the_same_item_is_told_so():  # R6, O13
    reclamation = make.reclamation(make.order(state="delivered"))
    seen = OrderItem.objects.get()
    stale = OrderItem.objects.get()
    trigger_item_event(reclamation, "await_return", items=[seen], by=make.STAFF)

    results = trigger_item_event(reclamation, "await_return", items=[stale], by=make.STAFF)

    assert [each.code for each in results] == ["already_changed"]


def test_items_that_are_not_claimed_are_not_touched():  # R6
    order = make.order(quantities=(1, 1), state="delivered")
    line = order.lines.earliest("position")
    reclamation = make.reclamation(order, {line.pk: ONE})
    other = OrderItem.objects.exclude(line=line).get()

    for items, code in (([other], "foreign_line"), ([], "no_items")):
        with pytest.raises(Refused) as refusal:
            trigger_item_event(reclamation, "await_return", items=items, by=make.STAFF)
        assert refusal.value.code == code
    assert OrderItem.objects.get(pk=other.pk).state == "delivered"


def test_limited_staff_trigger_nothing_at_other_customers():  # R6
    reclamation = make.reclamation(make.order(state="delivered"))
    person = make.staff("service", only_own_customers=True)

    with pytest.raises(NotAllowed):
        trigger_item_event(
            reclamation,
            "await_return",
            items=list(OrderItem.objects.all()),
            by=actor_of(person, door="office"),
        )
    assert OrderItem.objects.get().state == "delivered"


def test_parts_are_sent_and_their_quantity_is_finished():  # R7
    reclamation = make.reclamation(make.order(quantities=(2,)))
    line = reclamation.lines.get()

    send_parts(reclamation, lines={line.line_id: ONE}, parts=" two hinges ", by=make.STAFF)

    line.refresh_from_db()
    assert (line.settled, line.outcome) == (1, "parts")
    assert Event.objects.about(reclamation).latest("pk").data["parts"] == "two hinges"


@pytest.mark.parametrize(
    ("quantity", "parts", "code"), [("1", " ", "no_parts"), ("3", "x", "already_settled")]
)
def test_parts_need_words_and_an_unfinished_quantity(quantity: str, parts: str, code: str):  # R7
    reclamation = make.reclamation(make.order(quantities=(2,)))
    line = reclamation.lines.get()

    with pytest.raises(Refused) as refusal:
        send_parts(reclamation, lines={line.line_id: Decimal(quantity)}, parts=parts, by=make.STAFF)

    assert refusal.value.code == code
    assert reclamation.lines.get().settled == 0


def test_an_item_that_is_not_wanted_any_more_is_canceled_from_inside():  # R1, R6, R8
    order = make.order(quantities=(3,), state="confirmed")
    reclamation = make.reclamation(order)
    item = OrderItem.objects.get()
    two = Decimal(2)

    results = trigger_item_event(
        reclamation, "cancel", items=[item], quantities={item.pk: two}, by=make.STAFF
    )

    line, allotment = reclamation.lines.get(), Allotment.objects.get()
    assert [each.moved for each in results] == [True]
    assert (line.settled, line.canceled, line.outcome) == (2, 2, "canceled")
    assert (allotment.canceled, allotment.held) == (2, 1)
    close_reclamation(reclamation, reason="one is kept", by=make.STAFF)
    allotment.refresh_from_db()
    assert (allotment.canceled, allotment.held, allotment.settled, allotment.free) == (2, 0, 0, 1)


def test_what_cannot_be_canceled_stays_held():  # R6, R8
    reclamation = make.reclamation(make.order(quantities=(3,), state="confirmed"))
    item = OrderItem.objects.get()
    item.version = 99

    results = trigger_item_event(reclamation, "cancel", items=[item], by=make.STAFF)

    assert [each.code for each in results] == ["already_changed"]
    assert (Allotment.objects.get().held, Allotment.objects.get().canceled) == (3, 0)
    assert reclamation.lines.get().settled == 0
