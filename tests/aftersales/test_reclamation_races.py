"""Rivals at one reclamation, and at the last piece of an order."""

from decimal import Decimal

import pytest

from claimdesk.aftersales.actions.reclamation_deeds import trigger_item_event
from claimdesk.aftersales.actions.reclamation_remedies import refund_claimed, replace_lines
from claimdesk.aftersales.actions.reclamations import (
    close_reclamation,
    follow_up,
    mark_refunded,
    open_reclamation,
)
from claimdesk.aftersales.models import Reclamation
from claimdesk.conversations.actions.files import remove_file
from claimdesk.conversations.models import File
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Allotment, Order, OrderItem, Refund
from tests import make
from tests.conversations.test_attach_files import attached

pytestmark = pytest.mark.race

ROUNDS = 5
ONE = Decimal(1)


def codes(results):
    """The refusals' codes; anything else that went wrong fails the test."""
    errors = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert errors == []
    return sorted(one.code for one in results if isinstance(one, Refused))


def reclamation_refunds(reclamation):
    """How many refunds the reclamation made."""
    return Refund.objects.filter(reclamation_id=reclamation.pk).count()


def opening(order, key=""):
    """What a clerk does who claims one piece of the order's only line."""
    wish = {"cause": make.cause(), "wish": "refund"}
    line = order.lines.get().pk
    return lambda: open_reclamation(
        Order.objects.get(pk=order.pk), lines={line: ONE}, key=key, by=make.STAFF, **wish
    )


def on(reclamation, verb, **fields):
    """What a clerk does who has the reclamation on a page of his own."""
    return lambda: verb(Reclamation.objects.get(pk=reclamation.pk), by=make.STAFF, **fields)


def test_the_last_piece_is_claimed_once(race):  # R8
    for _ in range(ROUNDS):
        order = make.order(quantities=(1,))

        results = race(*[opening(order)] * 4)

        assert codes(results) == ["quantity_taken"] * 3
        assert order.reclamations.count() == 1
        assert Allotment.objects.get(line__order=order).held == 1


def test_one_form_sent_twice_at_once_opens_one(race):  # R3
    for n in range(ROUNDS):
        order = make.order(quantities=(5,))

        results = race(*[opening(order, key=f"k{n}")] * 3)

        assert codes(results) == []
        assert len({one.pk for one in results}) == 1
        assert Allotment.objects.get(line__order=order).held == 1


def test_closing_at_once_frees_once(race):  # R5, R8
    for _ in range(ROUNDS):
        order = make.order(quantities=(3,))
        line = order.lines.get().pk
        first, _second = make.reclamation(order, {line: ONE}), make.reclamation(order, {line: ONE})

        results = race(*[on(first, close_reclamation, reason="no")] * 3)

        assert codes(results) == ["reclamation_closed"] * 2
        assert Allotment.objects.get(pk=line).held == 1
        assert Event.objects.about(first).filter(kind="reclamation.closed").count() == 1


def test_a_deed_and_closing_at_once_leave_a_closed_one(race):  # R5, O19
    for _ in range(ROUNDS):
        reclamation = make.reclamation()

        results = race(on(reclamation, mark_refunded), on(reclamation, close_reclamation, reason="no"))

        assert set(codes(results)) <= {"reclamation_closed"}
        reclamation.refresh_from_db()
        assert reclamation.state == "closed"
        assert (reclamation.refunded_at is None) == bool(codes(results))


def test_two_who_refund_and_replace_one_line_at_once_do_not_both(race):  # R7, R8
    for _ in range(ROUNDS):
        reclamation = make.reclamation(make.order(quantities=(1,), state="delivered"))
        lines = {reclamation.lines.get().line_id: ONE}

        results = race(
            on(reclamation, refund_claimed, lines=lines, key="a"),
            on(reclamation, refund_claimed, lines=lines, key="b"),
            on(reclamation, replace_lines, lines=lines),
        )

        assert codes(results) == ["already_settled"] * 2
        line = reclamation.lines.get()
        assert line.settled == 1
        is_replaced = line.outcome == "replaced"
        assert reclamation_refunds(reclamation) == (0 if is_replaced else 1)
        assert Order.objects.filter(replaces=reclamation.order).count() == (1 if is_replaced else 0)


def test_two_who_refund_one_piece_here_and_on_the_order_at_once_do_not_both(race):  # R8, O18
    for _ in range(ROUNDS):
        order = make.order(quantities=(1,), state="delivered")
        book_payment(order=order, amount=order.total, by=make.STAFF)
        lines = {order.lines.get().pk: ONE}
        reclamation = make.reclamation(order, lines)

        results = race(
            on(reclamation, refund_claimed, lines=lines, key="a"),
            lambda order=order, lines=lines: refund_lines(order, lines=lines, key="b", by=make.STAFF),
        )

        assert codes(results) == ["already_refunded"]
        assert sum(Refund.objects.filter(order=order).values_list("amount", flat=True)) == order.total
        assert reclamation.lines.get().settled == reclamation_refunds(reclamation)


def test_canceling_here_and_on_the_order_at_once_waits_for_nobody_in_a_circle(race):  # R6, R8
    for _ in range(ROUNDS):
        order = make.order(quantities=(1, 1))
        first, second = order.lines.order_by("position")
        reclamation = make.reclamation(order, {first.pk: ONE})
        closed = make.reclamation(order, {second.pk: ONE})
        close_reclamation(closed, outcomes={second.pk: "repaired"}, by=make.STAFF)
        items = list(OrderItem.objects.filter(order=order).order_by("pk"))
        wish = {"cause": make.cause(), "wish": "refund", "lines": {second.pk: ONE}}

        results = race(
            on(reclamation, trigger_item_event, event="cancel", items=items[:1]),
            lambda items=items: trigger_event(items, "cancel", by=make.STAFF),
            on(closed, follow_up, **wish),
        )

        assert codes(results) == []
        allotment = Allotment.objects.get(pk=first.pk)
        assert (allotment.canceled, allotment.held) in {(1, 0), (0, 1)}


def test_photos_come_and_go_before_closing_or_not_at_all(race):  # R5, F3
    staff = make.actor(make.staff(), door="office")
    for _ in range(ROUNDS):
        reclamation = make.reclamation()
        there = attached(reclamation, by=staff)
        rows = Reclamation.objects.filter(pk=reclamation.pk)

        results = race(
            *[lambda rows=rows: attached(rows.get(), by=staff)] * 2,
            on(reclamation, close_reclamation, reason="no"),
            lambda rows=rows, there=there: remove_file(
                File.objects.get(pk=there.pk), about=rows.get(), by=staff
            ),
        )

        assert set(codes(results)) <= {"reclamation_closed"}
        assert Event.objects.about(reclamation).latest("pk").kind == "reclamation.closed"
