"""The same order asked for twice at once: a double press, a page sent again by a browser or a program."""

from decimal import Decimal
from functools import partial

import pytest

from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.cart_orders import order_cart
from claimdesk.orders.actions.carts import add_to_cart
from claimdesk.orders.actions.orders import place_order, place_replacement
from claimdesk.orders.models import Cart, CartLine, Order
from claimdesk.orders.wanted import WantedLine
from tests import make

pytestmark = pytest.mark.race

ROUNDS = 3
RIVALS = 4


def buyer() -> tuple[Customer, Actor]:
    """A customer and its buyer."""
    customer = make.customer()
    return customer, make.actor(make.membership(None, customer, "buyer").user)


def one_and_the_same(results: list[object]) -> Order:
    """Return the order that all rivals got, which must be whole and the only one."""
    errors = [one for one in results if isinstance(one, Exception)]
    assert errors == []
    order = Order.objects.get()
    assert {(one.pk, one.number, one.total) for one in results} == {(order.pk, order.number, order.total)}
    assert order.lines.count() == order.items.count() == 1
    assert (
        Event.objects.about(order).filter(kind__in=("order.placed", "order.replacement_placed")).count() == 1
    )
    return order


def test_one_key_sent_many_times_at_once_is_one_order(race):  # O4
    for n in range(ROUNDS):
        Order.objects.all().delete()
        customer, by = buyer()
        lines = [WantedLine(make.product(), Decimal(2))]

        results = race(*[partial(place_order, customer, lines=lines, key=f"key {n}", by=by)] * RIVALS)

        assert one_and_the_same(results).subtotal == 2000


def test_the_same_key_of_two_customers_is_two_orders(race):  # O4
    line = [WantedLine(make.product(), Decimal(1))]
    rivals = [buyer() for _rival in range(3)]

    results = race(
        *[partial(place_order, customer, lines=line, key="same", by=by) for customer, by in rivals]
    )

    assert [order.customer_id for order in results] == [customer.pk for customer, _by in rivals]
    assert Order.objects.count() == 3


def test_a_cart_ordered_twice_at_once_is_one_order_and_empty(race):  # O4
    customer, by = buyer()
    add_to_cart(customer, lines=[WantedLine(make.product(), Decimal(2))], by=by)

    results = race(*[partial(order_cart, customer, key="page", expected_total=2380, by=by)] * RIVALS)

    assert one_and_the_same(results).total == 2380
    assert not Cart.objects.exists()


def test_what_is_added_while_a_cart_is_ordered_is_ordered_or_stays(race):  # O4
    for n in range(ROUNDS):
        customer, by = buyer()
        add_to_cart(customer, lines=[WantedLine(make.product(), Decimal(2))], by=by)
        more = [WantedLine(make.product(), Decimal(1))]

        results = race(
            partial(order_cart, customer, key=f"page {n}", expected_total=2380, by=by),
            partial(add_to_cart, customer, lines=more, by=by),
            partial(add_to_cart, customer, lines=more, by=by),
        )

        errors = [one for one in results if isinstance(one, Exception)]
        assert {error.code for error in errors if isinstance(error, Refused)} <= {"price_changed"}
        assert all(isinstance(error, Refused) for error in errors)
        lies = sum(CartLine.objects.filter(cart__customer=customer).values_list("quantity", flat=True))
        assert lies + sum(line.quantity for order in customer.orders.all() for line in order.lines.all()) == 4


def test_one_key_of_a_replacement_is_one_order(race):  # O4
    original = make.order(quantities=(3,))
    lines = {original.lines.get().pk: Decimal(1)}

    results = race(*[partial(place_replacement, original, lines=lines, key="again", by=make.STAFF)] * RIVALS)

    assert {type(one) for one in results} == {Order}
    assert len({one.pk for one in results}) == 1
    assert original.replacements.get().total == 0
