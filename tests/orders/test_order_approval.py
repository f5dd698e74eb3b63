"""Orders above a buyer's limit wait for a manager of the customer."""

from decimal import Decimal

import pytest

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.approvals import approve_order, deny_order
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.actions.orders import place_order
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.models import Allotment, Order, OrderItem
from claimdesk.orders.queries.orders import orders_to_approve
from claimdesk.orders.wanted import WantedLine
from tests import make

pytestmark = pytest.mark.django_db


def person(at, *roles: str, **fields) -> Actor:
    return make.actor(make.membership(None, at, *roles, **fields).user)


def above_limit(at=None) -> Order:
    """An order of 11.90 by a buyer who may order for 10.00."""
    make.company(order_approval=True)
    customer = at or make.customer()
    buyer = person(customer, "buyer", order_limit=1000)
    return place_order(customer, lines=[WantedLine(make.product(), Decimal(1))], by=buyer)


def test_money_does_not_stand_for_a_manager_s_word():  # O22
    make.company(order_approval=True, payment_terms="prepayment")
    order = above_limit()
    before = order.state

    book_payment(order=order, amount=order.total, by=make.STAFF)
    order.refresh_from_db()
    paid = order.state
    approve_order(order, by=person(order.customer, "manager"))

    assert (before, paid, order.state) == ("new", "new", "new")
    assert trigger_event(order.items.all(), "confirm", by=make.STAFF)[0].moved


def test_a_buyer_is_asked_to_pay_once_a_manager_has_said_yes():  # O22
    make.company(order_approval=True, payment_terms="prepayment")
    order = above_limit()

    approve_order(order, by=person(order.customer, "manager"))
    asked = order.state
    book_payment(order=order, amount=order.total, by=make.STAFF)

    order.refresh_from_db()
    assert (asked, order.state) == ("payment_pending", "exported")


@pytest.mark.parametrize(
    ("roles", "limit", "approval"),
    [
        (["buyer"], 1189, "pending"),
        (["buyer"], 1190, "not_needed"),
        (["buyer"], 0, "pending"),
        (["buyer"], None, "not_needed"),
        (["buyer", "manager"], 0, "not_needed"),
    ],
)
def test_only_a_buyer_above_his_limit_needs_a_manager(roles, limit, approval):  # O22
    make.company(order_approval=True)
    customer = make.customer()
    by = person(customer, *roles, order_limit=limit)

    order = place_order(customer, lines=[WantedLine(make.product(), Decimal(1))], by=by)

    assert order.approval == approval


def test_limits_mean_nothing_where_the_seller_has_not_switched_them_on():  # O22
    customer = make.customer()
    by = person(customer, "buyer", order_limit=0)

    order = place_order(customer, lines=[WantedLine(make.product(), Decimal(1))], by=by)

    assert order.approval == "not_needed"


def test_staff_need_no_approval_of_the_customer():  # O22
    make.company(order_approval=True)

    order = place_order(make.customer(), lines=[WantedLine(make.product(), Decimal(1))], by=make.STAFF)

    assert order.approval == "not_needed"


def test_a_manager_lets_an_order_go_on():  # O22
    order = above_limit()
    manager = person(order.customer, "manager")
    assert list(orders_to_approve(manager)) == [order]

    approve_order(order, by=manager)

    order.refresh_from_db()
    assert (order.approval, order.approval_decided_by_name) == ("approved", manager.name)
    assert not orders_to_approve(manager).exists()
    assert Event.objects.about(order).last().kind in ("order.placed", "order.approved")
    assert "order.approved" in [event.kind for event in Event.objects.about(order)]


def test_a_no_cancels_the_order_and_frees_all_of_it():  # O22
    order = above_limit()

    deny_order(order, words="too dear", by=person(order.customer, "manager"))

    order.refresh_from_db()
    assert (order.approval, order.approval_words, order.state) == ("denied", "too dear", "canceled")
    assert set(OrderItem.objects.values_list("state", flat=True)) == {"canceled"}
    assert Allotment.objects.get().canceled == 1


def test_a_second_decision_is_refused_and_changes_nothing():  # O22
    order = above_limit()
    manager = person(order.customer, "manager")
    stale = Order.objects.get(pk=order.pk)
    approve_order(order, by=manager)

    with pytest.raises(Refused) as refusal:
        deny_order(stale, by=manager)

    assert refusal.value.code == "already_decided"
    assert Order.objects.get().approval == "approved"


def test_only_a_manager_of_the_account_decides():  # O22
    order = above_limit()

    for by in (person(order.customer, "buyer"), person(make.customer(), "manager"), make.STAFF):
        with pytest.raises(NotAllowed):
            approve_order(order, by=by)

    assert Order.objects.get().approval == "pending"
