"""Placing orders: who may, at which price, and that the sums are those of the parts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimdesk.catalog.models import Product
from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.actor import SYSTEM, Actor
from claimdesk.kernel.clock import clock_at, now, today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.orders import place_order, place_replacement
from claimdesk.orders.models import Allotment, Order, OrderItem, OrderLine
from claimdesk.orders.wanted import WantedLine
from tests import make

pytestmark = pytest.mark.django_db


def buyer_at(customer: Customer, *roles: str, **fields) -> Actor:
    """A person of the customer who may order (or has the roles told)."""
    return make.actor(make.membership(None, customer, *(roles or ("buyer",)), **fields).user)


def wanted(*quantities: str | int, **fields) -> list[WantedLine]:
    """A line for each quantity, of a product of its own at 10.00."""
    return [WantedLine(make.product(**fields), Decimal(quantity)) for quantity in quantities]


def test_a_buyer_orders_for_the_account():  # O4 O8
    customer = make.customer()
    by = buyer_at(customer)

    order = place_order(customer, lines=wanted(2, 3), po_number=" PO 17 ", note="ring twice", by=by)

    assert (order.number[0], order.po_number, order.note) == ("B", "PO 17", "ring twice")
    assert (order.placed_by_id, order.placed_by_name) == (by.id, by.name)
    assert (order.subtotal, order.tax, order.total) == (5000, 950, 5950)
    assert order.state == "new"
    assert [line.amount for line in order.lines.order_by("position")] == [2000, 3000]
    assert list(Allotment.objects.order_by("pk").values_list("ordered", flat=True)) == [2, 3]
    assert list(OrderItem.objects.order_by("pk").values_list("state", "quantity")) == [("new", 2), ("new", 3)]
    assert [event.kind for event in Event.objects.about(order)] == ["order.placed"]


def test_staff_order_for_active_and_for_admin_customers():  # O5
    person = make.staff("sales")

    for state in ("active", "admin"):
        customer = make.customer(state=state, discount=1000)
        order = place_order(customer, lines=wanted(1), by=make.actor(person, door="office"))
        assert order.subtotal == 900  # with the customer's discount
        assert order.placed_by == person


@pytest.mark.parametrize(("state", "code"), [("new", "customer_new"), ("inactive", "customer_inactive")])
def test_staff_order_for_nobody_else(state: str, code: str):  # O5
    customer = make.customer(state=state)

    with pytest.raises(Refused) as refusal:
        place_order(customer, lines=wanted(1), by=make.STAFF)

    assert refusal.value.code == code
    assert not Order.objects.exists()


@pytest.mark.parametrize("state", ["new", "admin", "inactive"])
def test_customers_that_are_not_active_do_not_order_for_themselves(state: str):  # O6
    customer = make.customer()
    by = buyer_at(customer)
    Customer.objects.update(state=state)

    with pytest.raises(Refused) as refusal:
        place_order(customer, lines=wanted(1), by=by)

    assert refusal.value.code == f"customer_{state}"
    assert refusal.value.message
    assert not Order.objects.exists()


def test_nobody_orders_for_another_account():  # O4
    by = buyer_at(make.customer())

    with pytest.raises(NotAllowed):
        place_order(make.customer(), lines=wanted(1), by=by)


def test_more_than_money_can_count_is_not_ordered():  # O8
    customer = make.customer()

    with pytest.raises(Refused) as refusal:
        place_order(customer, lines=wanted(999_999_999, price=10**11), by=buyer_at(customer))

    assert refusal.value.code == "quantity_too_large"
    assert not Order.objects.exists()


def test_a_viewer_does_not_order():  # O4
    customer = make.customer()

    with pytest.raises(NotAllowed):
        place_order(customer, lines=wanted(1), by=make.actor(make.membership(None, customer).user))


def test_limited_staff_order_for_their_own_customers_only():  # O5
    person = make.staff("sales", only_own_customers=True)

    with pytest.raises(NotAllowed):
        place_order(make.customer(), lines=wanted(1), by=make.actor(person, door="office"))

    own = make.customer(representative=person)
    order = place_order(own, lines=wanted(1), by=make.actor(person, door="office"))
    assert order.representative == person


def test_the_price_and_its_reason_stay_on_the_line():  # O7
    customer = make.customer(price_group="B", discount=500)
    product = make.product(price=1000)
    make.price(product, 800, price_group="B", quantity_from=10)
    order = place_order(customer, lines=[WantedLine(product, Decimal(10))], by=make.STAFF)

    product.prices.all().delete()
    Customer.objects.update(discount=0)

    line = OrderLine.objects.get(order=order)
    assert (line.unit_price, line.discount, line.amount) == (800, 500, 7600)
    assert line.price_reason == {"whose": "group", "group": "B", "quantity_from": "10", "discount": 500}


def test_in_gross_mode_tax_is_inside():  # O8
    make.company(price_mode="gross")

    order = place_order(make.customer(), lines=wanted(1, price=1190), by=make.STAFF)

    assert (order.subtotal, order.tax, order.total) == (1190, 190, 1190)


def test_freight_is_taxed_and_free_from_a_value_on():  # O8
    make.company(freight=500, freight_free_from=5000, freight_tax_rate=1900)

    small = place_order(make.customer(), lines=wanted(4), by=make.STAFF)
    large = place_order(make.customer(), lines=wanted(5), by=make.STAFF)

    assert (small.freight, small.tax, small.total) == (500, 760 + 95, 4000 + 500 + 855)
    assert (large.freight, large.total) == (0, 5950)


@settings(max_examples=25, deadline=None)
@given(
    lines=st.lists(
        st.tuples(st.integers(0, 99_999), st.integers(1, 9_999), st.sampled_from([0, 700, 1900, 2500])),
        min_size=1,
        max_size=5,
    ),
    mode=st.sampled_from(["net", "gross"]),
    discount=st.integers(0, 10_000),
    freight=st.integers(0, 9_999),
)
def test_the_total_is_always_the_sum_of_its_parts(lines, mode, discount, freight):  # O8
    make.company(price_mode=mode, freight=freight, freight_tax_rate=1900)
    asked = [
        WantedLine(
            make.product(price=price, tax_rate=rate, quantity_step="0.001", quantity_minimum="0.001"),
            Decimal(thousandths) / 1000,
        )
        for price, thousandths, rate in lines
    ]

    order = place_order(make.customer(discount=discount), lines=asked, by=make.STAFF)

    rows = list(order.lines.all())
    assert order.subtotal == sum(row.amount for row in rows)
    assert order.total == order.subtotal + order.freight + (order.tax if mode == "net" else 0)
    assert order.tax >= sum(row.tax for row in rows)


@pytest.mark.parametrize(
    ("quantity", "fields", "code"),
    [
        ("0", {}, "quantity_not_positive"),
        ("-1", {}, "quantity_not_positive"),
        ("1.5", {}, "quantity_step"),
        ("3", {"quantity_minimum": 5}, "quantity_minimum"),
        ("7", {"quantity_step": 2}, "quantity_step"),
        ("1000000000", {}, "quantity_too_large"),
        ("1", {"price": None}, "no_price"),
        ("1", {"withdrawn_at": now()}, "withdrawn"),
    ],
)
def test_what_cannot_be_ordered_is_said_so(quantity: str, fields: dict, code: str):  # O4
    lines = wanted(1) + wanted(quantity, **fields)

    with pytest.raises(Refused) as refusal:
        place_order(make.customer(), lines=lines, by=make.STAFF)

    assert refusal.value.code == code
    assert lines[1].product.number in refusal.value.message
    assert not Order.objects.exists()


def test_a_product_that_was_withdrawn_while_in_the_cart_is_refused():  # O4
    lines = wanted(1)
    Product.objects.update(withdrawn_at=now())

    with pytest.raises(Refused) as refusal:
        place_order(make.customer(), lines=lines, by=make.STAFF)

    assert refusal.value.code == "withdrawn"


def test_a_price_that_changed_since_it_was_shown_is_refused():  # O7
    lines = wanted(1)
    lines[0].product.prices.update(amount=1001)

    with pytest.raises(Refused) as refusal:
        place_order(make.customer(), lines=lines, expected_total=1190, by=make.STAFF)

    assert refusal.value.code == "price_changed"
    assert not Order.objects.exists()


def test_the_same_key_twice_is_one_order():  # O4
    customer, lines = make.customer(), wanted(1)

    first = place_order(customer, lines=lines, key="page-1", by=make.STAFF)
    second = place_order(customer, lines=lines, key="page-1", by=make.STAFF)
    other = place_order(make.customer(), lines=lines, key="page-1", by=make.STAFF)

    assert first == second
    assert other != first
    assert Event.objects.about(first).count() == 1


def test_a_product_named_twice_is_one_line_at_the_price_of_both():  # O7
    product = make.product(price=1000)
    make.price(product, 900, quantity_from=10)
    lines = [WantedLine(product, Decimal(5)), WantedLine(product, Decimal(5))]

    order = place_order(make.customer(), lines=lines, by=make.STAFF)

    assert list(order.lines.values_list("quantity", "amount")) == [(10, 9000)]


def test_nothing_is_no_order():
    with pytest.raises(Refused) as refusal:
        place_order(make.customer(), lines=[], by=make.STAFF)

    assert refusal.value.code == "no_lines"


def test_goods_go_to_the_default_shipping_address_as_it_is_today():  # O4
    customer = make.customer(town="Berlin", postcode="10115")
    Address.objects.create(customer=customer, kind="shipping", town="Jena")
    default = Address.objects.create(customer=customer, kind="shipping", town="Ulm", is_default=True)

    order = place_order(customer, lines=wanted(1), by=make.STAFF)
    Address.objects.filter(pk=default.pk).update(town="Bonn")

    order.refresh_from_db()
    assert (order.ship_to, order.ship_to_town) == (default, "Ulm")


def test_goods_go_to_no_address_of_somebody_else():  # O4
    foreign = Address.objects.create(customer=make.customer(), kind="shipping", town="Ulm")

    with pytest.raises(NotAllowed):
        place_order(make.customer(), lines=wanted(1), ship_to=foreign, by=make.STAFF)


def test_no_day_that_is_over_can_be_wished():  # O4
    with pytest.raises(Refused) as refusal:
        place_order(make.customer(), lines=wanted(1), wished_on=today() - timedelta(days=1), by=make.STAFF)

    assert refusal.value.code == "wished_day_past"


def test_the_day_of_an_order_is_the_sellers():  # O1
    make.company(time_zone="Pacific/Auckland")

    with clock_at(now().replace(year=2026, month=3, day=1, hour=20)):
        order = place_order(make.customer(), lines=wanted(1), by=make.STAFF)

    assert order.ordered_on == date(2026, 3, 2)


def test_staff_order_for_a_person_of_the_customer_and_nobody_else():  # O5
    customer = make.customer()
    person = make.membership(None, customer, "buyer").user

    order = place_order(customer, lines=wanted(1), for_user=person, by=make.STAFF)

    assert (order.placed_by, order.placed_by_name) == (person, person.name)
    with pytest.raises(Refused) as refusal:
        place_order(customer, lines=wanted(1), for_user=make.user(), by=make.STAFF)
    assert refusal.value.code == "not_a_member"


@pytest.mark.parametrize(("count", "most"), [(3, 24), (20, 24)])
def test_an_order_costs_no_query_per_line(django_assert_max_num_queries, count: int, most: int):  # O4
    customer, lines = make.customer(), wanted(*[1] * count)
    place_order(customer, lines=lines, by=SYSTEM)

    with django_assert_max_num_queries(most):
        order = place_order(customer, lines=lines, by=SYSTEM)

    assert order.items.count() == count


def test_a_replacement_costs_nothing_and_names_what_it_replaces():  # R7
    order = make.order(quantities=[3, 1], po_number="4711")
    line = order.lines.get(position=1)

    new = place_replacement(order, lines={line.pk: Decimal(2)}, by=make.STAFF)

    assert (new.replaces, new.total, new.po_number) == (order, 0, "4711")
    assert list(new.lines.values_list("product_id", "quantity", "amount")) == [(line.product_id, 2, 0)]
    assert [event.kind for event in Event.objects.about(new)] == ["order.replacement_placed"]


@pytest.mark.parametrize("quantity", ["0", "-1", "3.001"])
def test_no_more_is_replaced_than_was_ordered(quantity: str):  # R7
    order = make.order(quantities=[3])

    with pytest.raises(Refused) as refusal:
        place_replacement(order, lines={order.lines.get().pk: Decimal(quantity)}, by=make.STAFF)

    assert refusal.value.code == "quantity_taken"
    assert Order.objects.count() == 1
