"""The rows of the price list are written by actions (O7)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from claimdesk.catalog.actions.price_adjustments import adjust_prices
from claimdesk.catalog.actions.prices import add_price, change_price, remove_price
from claimdesk.catalog.models import Price
from claimdesk.catalog.queries.prices import prices_for
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


def limited() -> tuple:
    """Staff limited to own customers, and one of these."""
    clerk = make.staff("sales", only_own_customers=True)
    return make.actor(clerk, door="office"), make.customer(representative=clerk)


def cost(product, on=DAY, customer=None) -> int:
    """What one costs."""
    (offer,) = prices_for(customer, [(product, Decimal(1))], currency="EUR", on=on, actor=SYSTEM)
    return offer.unit_price


def test_a_price_is_added_and_stands_on_both_timelines():  # O7
    product, customer = make.product(price=None, number="HS-1"), make.customer(name="Meyer")

    price = add_price(product, amount=1234, currency="EUR", per=100, customer=customer, by=make.STAFF)

    event = Event.objects.get(kind="price.added")
    assert cost(product, customer=customer) == 1234
    assert (event.subject, event.customer_id) == (f"product/{product.pk}", customer.pk)
    assert (event.data["price_id"], event.data["price"], event.data["whose"]) == (
        price.pk,
        "12.34 EUR / 100",
        "customer, Meyer",
    )


@pytest.mark.parametrize(
    "fields",
    [{}, {"price_group": "B"}, {"starts_on": DAY}, {"quantity_from": Decimal("2.5")}],
)
def test_the_same_price_stands_once(fields):  # O7
    product = make.product(price=None)
    add_price(product, amount=100, currency="EUR", by=make.STAFF, **fields)

    with pytest.raises(Refused) as refusal:
        add_price(product, amount=200, currency="EUR", by=make.STAFF, **fields)
    add_price(product, amount=300, currency="USD", by=make.STAFF, **fields)

    assert refusal.value.code == "price_exists"
    assert sorted(Price.objects.values_list("amount", flat=True)) == [100, 300]


def test_a_price_is_changed_and_removed():  # O7
    product = make.product(price=1000)
    price = product.prices.get()

    change_price(price, amount=900, ends_on=DAY, by=make.STAFF)
    assert cost(product) == 900
    remove_price(price, by=make.STAFF)

    events = Event.objects.order_by("pk")
    assert [event.kind for event in events] == ["price.changed", "price.removed"]
    assert events[0].data["before"] == {"amount": 1000, "ends_on": None}
    assert events[0].data["after"] == {"amount": 900, "ends_on": "2026-11-24"}
    assert not Price.objects.exists()


def test_a_removed_price_can_neither_be_changed_nor_removed_again():  # O7
    price = make.product().prices.get()
    remove_price(Price.objects.get(), by=make.STAFF)

    codes = []
    for deed in (
        lambda: change_price(price, amount=1, by=make.STAFF),
        lambda: remove_price(price, by=make.STAFF),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        codes.append(refusal.value.code)

    assert codes == ["price_gone", "price_gone"]
    assert not Price.objects.exists()


def test_a_price_that_somebody_else_changed_meanwhile_is_left_alone():  # O7
    price = make.product().prices.get()
    seen = price.updated_at
    change_price(price, amount=900, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        change_price(price, amount=1, seen_at=seen, by=make.STAFF)

    assert refusal.value.code == "changed_meanwhile"
    assert Price.objects.get().amount == 900


def test_limited_staff_set_prices_of_their_own_customers_alone():  # O7 A53
    by, mine = limited()
    product = make.product()
    other = make.customer()
    theirs = make.price(product, 5, customer=other)

    add_price(product, amount=1, currency="EUR", customer=mine, by=by)
    for deed in (
        lambda: add_price(product, amount=1, currency="EUR", customer=other, by=by),
        lambda: add_price(product, amount=1, currency="EUR", price_group="B", by=by),
        lambda: change_price(theirs, amount=1, by=by),
        lambda: remove_price(product.prices.get(customer=None), by=by),
        lambda: adjust_prices(Price.objects.all(), percent=500, by=by),
    ):
        with pytest.raises(NotAllowed):
            deed()

    assert sorted(product.prices.values_list("amount", flat=True)) == [1, 5, 1000]


@pytest.mark.parametrize(
    ("amount", "percent", "expected"), [(1000, 500, 1050), (999, -1000, 899), (5, 1000, 6), (0, 900, 0)]
)
def test_many_prices_change_at_once_each_rounded_half_up(amount, percent, expected):  # O7 O8
    product = make.product(price=amount)
    untouched = make.product(price=1)

    changed = adjust_prices(Price.objects.filter(product=product), percent=percent, by=make.STAFF)

    assert (changed, cost(product), cost(untouched)) == (1, expected, 1)
    assert Event.objects.get().kind == "price.adjusted"


def test_a_rise_from_a_day_leaves_the_prices_until_then():  # O7
    product, grouped = make.product(price=999), make.product(price=None)
    make.price(grouped, 100, price_group="B", quantity_from=Decimal(5), ends_on=DAY + timedelta(days=30))

    changed = adjust_prices(Price.objects.all(), percent=1000, starts_on=DAY, by=make.STAFF)

    new = Price.objects.get(product=grouped, starts_on=DAY)
    assert changed == 2
    assert (cost(product, DAY - timedelta(days=1)), cost(product)) == (999, 1099)
    assert (new.amount, new.price_group, new.quantity_from, new.ends_on) == (
        110,
        "B",
        Decimal(5),
        DAY + timedelta(days=30),
    )


def test_a_rise_takes_what_holds_on_its_day_and_nothing_else():  # O7
    product = make.product(price=1000)
    make.price(product, 800, starts_on=DAY - timedelta(days=5))
    make.price(product, 700, starts_on=DAY - timedelta(days=20), ends_on=DAY - timedelta(days=10))
    on_the_day = make.product(price=None)
    make.price(on_the_day, 500, starts_on=DAY)

    changed = adjust_prices(Price.objects.all(), percent=1000, starts_on=DAY, by=make.STAFF)

    assert changed == 2
    assert sorted(product.prices.values_list("amount", flat=True)) == [700, 800, 880, 1000]
    assert (cost(product), cost(on_the_day)) == (880, 550)


def test_nothing_chosen_changes_and_records_nothing():  # O7
    make.product()

    assert adjust_prices(Price.objects.none(), percent=500, by=make.STAFF) == 0
    assert not Event.objects.exists()
