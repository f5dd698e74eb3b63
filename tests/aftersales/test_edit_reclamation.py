from decimal import Decimal

import pytest

from claimdesk.aftersales.actions.reclamation_deeds import send_parts
from claimdesk.aftersales.actions.reclamations import (
    close_reclamation,
    edit_reclamation,
    follow_up,
    mark_refunded,
    unmark_refunded,
)
from claimdesk.aftersales.actions.writing import write_settled
from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.queries.causes import offered_causes
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.models import Allotment, OrderItem, Refund
from tests import make

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = Decimal(1), Decimal(2), Decimal(3)


def edited(reclamation: Reclamation, **fields) -> Reclamation:
    """The reclamation with some fields changed."""
    kept = {name: getattr(reclamation, name) for name in ("cause", "wish", "note")}
    return edit_reclamation(reclamation, **(kept | fields), by=make.STAFF)


def test_staff_change_cause_wish_and_note():  # R2
    reclamation = make.reclamation()

    edited(reclamation, cause=offered_causes()[2], wish="repair", note="arrived bent")

    reclamation.refresh_from_db()
    assert (reclamation.cause.name, reclamation.wish, reclamation.note) == (
        "faulty",
        "repair",
        "arrived bent",
    )
    assert Event.objects.about(reclamation).latest("pk").data["fields"] == "cause, wish, note"


def test_what_stays_the_same_is_not_recorded():  # R2
    reclamation = make.reclamation()

    edited(reclamation)

    assert Event.objects.about(reclamation).count() == 1


def test_quantities_grow_and_shrink_and_the_ledger_with_them():  # R8
    order = make.order(quantities=(3, 3, 3))
    first, second, third = order.lines.order_by("position")
    reclamation = make.reclamation(order, {first.pk: ONE, second.pk: TWO})

    edited(reclamation, lines={first.pk: THREE, third.pk: ONE})

    held = {each.line_id: each.held for each in Allotment.objects.all()}
    assert held == {first.pk: 3, second.pk: 0, third.pk: 1}
    assert dict(reclamation.lines.values_list("line_id", "quantity")) == {first.pk: 3, third.pk: 1}


def test_editing_claims_no_more_than_is_free():  # R8
    order = make.order(quantities=(2,))
    line = order.lines.get()
    reclamation = make.reclamation(order, {line.pk: ONE})
    make.reclamation(order, {line.pk: ONE})

    with pytest.raises(Refused) as refusal:
        edited(reclamation, lines={line.pk: TWO})

    assert refusal.value.code == "quantity_taken"
    assert reclamation.lines.get().quantity == 1
    assert Allotment.objects.get().held == 2


def test_what_is_settled_cannot_be_taken_out():  # R8
    order = make.order(quantities=(2,))
    line = order.lines.get()
    reclamation = make.reclamation(order)
    write_settled(reclamation, {line.pk: TWO}, "repaired")

    with pytest.raises(Refused) as refusal:
        edited(reclamation, lines={line.pk: ONE})

    assert refusal.value.code == "settled_already"
    assert reclamation.lines.get().quantity == 2


def test_nothing_is_settled_twice():  # R8
    order = make.order(quantities=(2,))
    line = order.lines.get()
    reclamation = make.reclamation(order)
    write_settled(reclamation, {line.pk: TWO}, "repaired")

    with pytest.raises(Refused) as refusal:
        write_settled(reclamation, {line.pk: ONE}, "refunded")

    assert refusal.value.code == "already_settled"
    assert reclamation.lines.get().outcome == "repaired"


def test_the_mark_moves_no_money_and_no_item_and_can_be_taken_back():  # O19
    reclamation = make.reclamation()
    items, allotment = list(OrderItem.objects.values()), Allotment.objects.values().get()

    mark_refunded(reclamation, by=make.STAFF)
    marked = Reclamation.objects.get()
    assert (marked.refunded_by_name, marked.state) == ("Sam Staff", "open")
    unmark_refunded(reclamation, by=make.STAFF)

    assert Reclamation.objects.get().refunded_at is None
    assert not Refund.objects.exists()
    assert list(OrderItem.objects.values()) == items
    assert Allotment.objects.values().get() == allotment


def test_marking_twice_and_unmarking_what_is_not_marked_are_refused():  # O19
    reclamation = make.reclamation()

    with pytest.raises(Refused) as unmarking:
        unmark_refunded(reclamation, by=make.STAFF)
    mark_refunded(reclamation, by=make.STAFF)
    with pytest.raises(Refused) as marking:
        mark_refunded(reclamation, by=make.STAFF)

    assert (unmarking.value.code, marking.value.code) == ("not_marked", "already_marked")


def test_a_closed_one_is_taken_up_by_a_follow_up_and_stays_closed():  # R5
    order = make.order(quantities=(2,))
    line = order.lines.get()
    closed = make.reclamation(order)
    close_reclamation(closed, outcomes={line.pk: "repaired"}, by=make.STAFF)

    successor = follow_up(
        closed, lines={line.pk: TWO}, cause=offered_causes()[2], wish="refund", by=make.STAFF
    )

    assert (successor.follows, successor.order, successor.state) == (closed, order, "open")
    assert Reclamation.objects.get(pk=closed.pk).state == "closed"
    assert (Allotment.objects.get().held, Allotment.objects.get().settled) == (2, 0)
    assert Event.objects.about(successor).get().data["follows"] == closed.number


def test_what_a_closed_one_settled_is_taken_up_once():  # R8
    order = make.order(quantities=(1,))
    line = order.lines.get()
    closed = make.reclamation(order)
    close_reclamation(closed, outcomes={line.pk: "repaired"}, by=make.STAFF)
    wish = {"lines": {line.pk: ONE}, "cause": offered_causes()[2], "wish": "refund", "by": make.STAFF}
    follow_up(closed, **wish)

    with pytest.raises(Refused) as refusal:
        follow_up(closed, **wish)

    assert refusal.value.code == "quantity_taken"
    assert Reclamation.objects.count() == 2


def followed_up(quantities=(3,)) -> tuple[Reclamation, Reclamation]:
    """A closed one on two of an order's pieces, both repaired, and its follow-up on these and one more."""
    order = make.order(quantities=quantities)
    line = order.lines.get()
    closed = make.reclamation(order, {line.pk: TWO})
    close_reclamation(closed, outcomes={line.pk: "repaired"}, by=make.STAFF)
    wish = {"cause": offered_causes()[2], "wish": "refund", "by": make.STAFF}
    return closed, follow_up(closed, lines={line.pk: TWO + ONE}, **wish)


def quantities_of_ledger() -> tuple[Decimal, Decimal, Decimal]:
    """What is held, settled and free of the only line."""
    allotment = Allotment.objects.get()
    return allotment.held, allotment.settled, allotment.free


def test_a_follow_up_that_is_closed_without_more_frees_nothing_that_was_settled_before():  # R8
    closed, successor = followed_up()
    assert quantities_of_ledger() == (3, 0, 0)

    close_reclamation(successor, reason="It was repaired well.", by=make.STAFF)

    assert quantities_of_ledger() == (0, 2, 1)
    assert closed.lines.get().claimable_again == 2


def test_what_a_follow_up_settled_stays_its_own():  # R8
    closed, successor = followed_up()
    line = successor.lines.get().line_id
    send_parts(successor, lines={line: ONE}, parts="a hinge", by=make.STAFF)

    close_reclamation(successor, reason="The other one is well.", by=make.STAFF)

    assert quantities_of_ledger() == (0, 2, 1)
    assert (closed.lines.get().claimable_again, successor.lines.get().claimable_again) == (1, 1)


def test_what_is_edited_out_of_a_follow_up_is_settled_again():  # R2, R8
    closed, successor = followed_up()
    line = successor.lines.get().line_id
    same = {"cause": successor.cause, "wish": "refund", "note": "", "by": make.STAFF}

    edit_reclamation(successor, lines={line: ONE}, **same)
    assert quantities_of_ledger() == (1, 1, 1)
    close_reclamation(successor, reason="no", by=make.STAFF)

    assert quantities_of_ledger() == (0, 2, 1)
    assert closed.lines.get().claimable_again == 2


def test_an_open_one_needs_no_follow_up():  # R5
    reclamation = make.reclamation()
    wish = {"lines": {reclamation.lines.get().line_id: ONE}, "cause": offered_causes()[2], "wish": "refund"}

    with pytest.raises(Refused) as refusal:
        follow_up(reclamation, **wish, by=make.STAFF)

    assert refusal.value.code == "still_open"
