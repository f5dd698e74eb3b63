from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.clock import clock_at, now, today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.orders.actions.cart_orders import order_cart
from claimdesk.orders.actions.carts import (
    accept_prices,
    add_to_cart,
    change_cart,
    change_cart_line,
)
from claimdesk.orders.models import Cart, CartLine
from claimdesk.orders.queries.carts import cart_lines, carts, priced, quantities_in_cart
from claimdesk.orders.wanted import MOST_LINES, WantedLine
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer():
    return make.actor(make.membership(None, None, "buyer").user)


@pytest.fixture
def customer(buyer):
    return Customer.objects.get(pk=buyer.customer_id)


def wanted(quantity=1, **fields) -> WantedLine:
    return WantedLine(make.product(**fields), Decimal(str(quantity)))


def test_what_is_added_lies_on_top_of_what_lies_there(buyer, customer):  # O4
    first = wanted(2)
    add_to_cart(customer, lines=[first], by=buyer)

    add_to_cart(customer, lines=[WantedLine(first.product, Decimal(3)), wanted(1), first], by=buyer)

    assert [line.quantity for line in cart_lines(buyer)] == [7, 1]
    assert quantities_in_cart(buyer, [first.product.pk]) == {first.product.pk: 7}
    assert Cart.objects.count() == 1


@pytest.mark.parametrize(
    ("quantity", "fields", "code"),
    [
        (0, {}, "quantity_not_positive"),
        (-1, {}, "quantity_not_positive"),
        (1, {"quantity_minimum": Decimal(5)}, "quantity_minimum"),
        (2.5, {}, "quantity_step"),
        (7, {"quantity_step": Decimal(6), "quantity_minimum": Decimal(6)}, "quantity_step"),
        (10**9, {}, "quantity_too_large"),
        (1, {"price": None}, "no_price"),
        (1, {"withdrawn_at": now()}, "withdrawn"),
    ],
)
def test_what_cannot_be_ordered_does_not_come_into_the_cart(buyer, customer, quantity, fields, code):  # O4
    good = wanted(1)

    with pytest.raises(Refused) as refusal:
        add_to_cart(customer, lines=[good, wanted(quantity, **fields)], by=buyer)

    assert refusal.value.code == code
    assert not CartLine.objects.exists()


def test_fractions_come_where_the_product_has_them(buyer, customer):  # O4
    oil = wanted(2.5, quantity_step=Decimal("0.5"), quantity_minimum=Decimal("0.5"))

    add_to_cart(customer, lines=[oil], by=buyer)

    assert cart_lines(buyer).get().quantity == Decimal("2.5")


def test_a_cart_is_its_owners_alone(buyer, customer):  # O4
    add_to_cart(customer, lines=[wanted(1)], by=buyer)
    colleague = make.actor(make.membership(None, customer, "buyer").user)
    viewer = make.actor(make.membership(None, customer).user)
    line = cart_lines(buyer).get()

    assert not carts(colleague).exists()
    for other in (colleague, viewer):
        with pytest.raises(NotAllowed):
            change_cart_line(line, quantity=Decimal(9), by=other)
    with pytest.raises(NotAllowed):
        add_to_cart(make.customer(), lines=[wanted(1)], by=buyer)

    assert cart_lines(buyer).get().quantity == 1


def test_another_quantity_sees_the_price_of_that_quantity(buyer, customer):  # O4 O7
    hammer = wanted(1)
    make.price(hammer.product, 800, quantity_from=10)
    add_to_cart(customer, lines=[hammer], by=buyer)

    change_cart_line(cart_lines(buyer).get(), quantity=Decimal(10), by=buyer)

    line = cart_lines(buyer).get()
    assert (line.quantity, line.seen_unit_price) == (10, 800)
    change_cart_line(line, quantity=Decimal(0), by=buyer)
    assert not CartLine.objects.exists()


def test_a_cart_is_priced_anew_and_tells_what_changed_until_it_was_seen(buyer, customer):  # O4
    hammer, glue = wanted(2), wanted(1)
    cart = add_to_cart(customer, lines=[hammer, glue], by=buyer)
    make.price(hammer.product, 500, customer=customer)

    first, second = priced(cart, cart_lines(buyer), seller=make.company(), actor=buyer)

    assert (first.amount, first.seen_amount, first.has_changed) == (1000, 2000, True)
    assert (second.amount, second.has_changed) == (1000, False)
    accept_prices(cart, by=buyer)
    assert not any(
        each.has_changed for each in priced(cart, cart_lines(buyer), seller=make.company(), actor=buyer)
    )


def test_a_cart_costs_what_the_order_will_on_the_seller_s_day(buyer, customer):  # O7
    hammer = wanted(1)
    seller = make.company(time_zone="Pacific/Auckland")
    make.price(hammer.product, 800, customer=customer, starts_on=date(2030, 5, 2))

    with clock_at(datetime(2030, 5, 1, 20, tzinfo=UTC)):  # there it is the second of May
        cart = add_to_cart(customer, lines=[hammer], by=buyer)
        (line,) = priced(cart, cart_lines(buyer), seller=seller, actor=buyer)
        order = order_cart(customer, key="k", expected_total=952, by=buyer)

    assert (line.amount, line.has_changed, order.subtotal) == (800, False, 800)


def test_what_is_said_of_a_cart_that_is_gone_makes_no_fault(buyer, customer):  # O4
    cart = add_to_cart(customer, lines=[wanted(1)], by=buyer)
    order_cart(customer, key="k", expected_total=1190, by=buyer)

    change_cart(cart, po_number="PO 1", ship_to=None, wished_on=None, note="", by=buyer)

    assert not Cart.objects.exists()


def test_more_than_money_can_count_is_not_put_into_a_cart(buyer, customer):  # O8
    with pytest.raises(Refused) as refusal:
        add_to_cart(customer, lines=[wanted(999_999_999, price=10**11)], by=buyer)

    assert refusal.value.code == "quantity_too_large"
    assert not CartLine.objects.exists()


def test_a_product_that_was_withdrawn_costs_nothing_and_says_so(buyer, customer):  # O4
    hammer = wanted(2)
    cart = add_to_cart(customer, lines=[hammer], by=buyer)
    hammer.product.withdrawn_at = now()
    hammer.product.save()

    (line,) = priced(cart, cart_lines(buyer), seller=make.company(), actor=buyer)

    assert line.fault.code == "withdrawn"
    assert line.amount == 0
    change_cart_line(line.line, quantity=Decimal(0), by=buyer)
    assert not CartLine.objects.exists()


def test_a_cart_keeps_what_the_order_needs_besides(buyer, customer):  # O4
    cart = add_to_cart(customer, lines=[wanted(1)], by=buyer)
    place = Address.objects.create(customer=customer, kind="shipping", town="Kiel")
    facts = {"po_number": "4711", "ship_to": place, "wished_on": today(), "note": "Ring twice"}

    change_cart(cart, **facts, by=buyer)

    stored = carts(buyer).get()
    assert {name: getattr(stored, name) for name in facts} == facts
    with pytest.raises(Refused):
        change_cart(cart, **(facts | {"wished_on": today() - timedelta(days=1)}), by=buyer)
    foreign = Address.objects.create(customer=make.customer(), town="Bonn")
    with pytest.raises(NotAllowed):
        change_cart(cart, **(facts | {"ship_to": foreign}), by=buyer)
    assert carts(buyer).get().ship_to == place


def test_a_cart_has_an_end(buyer, customer):  # O4
    add_to_cart(customer, lines=[wanted(1)], by=buyer)
    product = cart_lines(buyer).get().product
    many = [make.product(price=None, number=f"X-{n}") for n in range(MOST_LINES)]

    with pytest.raises(Refused) as refusal:
        add_to_cart(customer, lines=[WantedLine(each, Decimal(1)) for each in many], by=buyer)

    assert refusal.value.code == "cart_full"
    assert quantities_in_cart(buyer, [product.pk]) == {product.pk: 1}


def test_filling_a_cart_costs_the_same_for_one_line_and_for_many(
    buyer, customer, django_assert_max_num_queries
):  # O4
    lines = [wanted(1) for _each in range(40)]

    with django_assert_max_num_queries(14):
        add_to_cart(customer, lines=lines, by=buyer)

    assert cart_lines(buyer).count() == 40
