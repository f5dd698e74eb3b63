"""One place says what a product costs whom (O7)."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.catalog.pricing import PriceOffer, PriceRow, best_offer
from claimdesk.catalog.queries.prices import prices, prices_for
from claimdesk.catalog.wording import price_reason
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.money import WHOLE
from claimdesk.kernel.refused import NotAllowed
from tests import make

DAY = date(2026, 11, 24)
quantities = st.decimals(Decimal("0.5"), Decimal(200), places=1)
price_rows = st.builds(
    PriceRow,
    whose=st.sampled_from(["customer", "group", "list"]),
    quantity_from=st.sampled_from([Decimal(n) for n in ("0", "1", "10", "12.5", "100")]),
    amount=st.integers(0, 100_000),
    per=st.sampled_from([1, 10, 100]),
    starts_on=st.none() | st.sampled_from([DAY - timedelta(days=n) for n in (0, 1, 30)]),
    ends_on=st.none() | st.just(DAY + timedelta(days=30)),
)
# The table holds one row of the same whose, from the same quantity, with the same first day.
price_lists = st.lists(
    price_rows, max_size=12, unique_by=lambda row: (row.whose, row.quantity_from, row.starts_on)
)
discounts = st.integers(0, WHOLE)


def apiece(offer: PriceOffer) -> Fraction:
    """What one costs, exactly."""
    return Fraction(offer.unit_price * (WHOLE - offer.discount), offer.per * WHOLE)


def offer_of(product, quantity="1", *, customer=None, on=DAY, currency="EUR") -> PriceOffer | None:
    (offer,) = prices_for(customer, [(product, Decimal(quantity))], currency=currency, on=on, actor=SYSTEM)
    return offer


@given(price_lists, quantities, discounts)
def test_no_price_that_holds_is_lower_than_the_one_offered(rows, quantity, discount):  # O7
    offer = best_offer(rows, quantity, currency="EUR", discount=discount)

    superseded = {
        old
        for old in rows
        for new in rows
        if (old.whose, old.quantity_from) == (new.whose, new.quantity_from)
        and (old.starts_on or date.min) < (new.starts_on or date.min)
    }
    costs = [
        Fraction(row.amount, row.per) * (1 if row.whose == "customer" else 1 - Fraction(discount, WHOLE))
        for row in rows
        if row.quantity_from <= quantity and row not in superseded
    ]
    assert (offer is None) == (not costs)
    assert offer is None or apiece(offer) == min(costs)


@given(price_lists, quantities, quantities, discounts)
def test_whoever_buys_more_never_pays_more_apiece(rows, one, other, discount):  # O7
    few, many = sorted((one, other))
    for_few = best_offer(rows, few, currency="EUR", discount=discount)

    for_many = best_offer(rows, many, currency="EUR", discount=discount)

    assert for_few is None or (for_many is not None and apiece(for_many) <= apiece(for_few))


@given(price_lists, quantities, discounts, st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows, quantity, discount, random):  # O7
    shuffled = random.sample(rows, len(rows))

    assert best_offer(shuffled, quantity, currency="EUR", discount=discount) == best_offer(
        rows, quantity, currency="EUR", discount=discount
    )


@given(price_lists, quantities, discounts)
def test_a_discount_raises_no_price_and_leaves_own_ones_alone(rows, quantity, discount):  # O7
    without = best_offer(rows, quantity, currency="EUR")

    offer = best_offer(rows, quantity, currency="EUR", discount=discount)

    assert without is None or apiece(offer) <= apiece(without)
    assert offer is None or offer.discount == (0 if offer.reason["whose"] == "customer" else discount)


@given(price_lists, quantities, discounts)
def test_an_amount_is_the_offered_price_times_the_quantity_rounded_once(rows, quantity, discount):  # O8
    offer = best_offer(rows, quantity, currency="EUR", discount=discount)

    if offer:
        assert abs(offer.amount(quantity) - apiece(offer) * Fraction(quantity)) <= Fraction(1, 2)


@pytest.mark.django_db
def test_the_lowest_of_own_group_and_list_price_is_taken():  # O7
    product = make.product(price=1000)
    customer = make.customer(price_group="B")
    assert offer_of(product, customer=customer).unit_price == 1000

    make.price(product, 900, price_group="B")
    assert offer_of(product, customer=customer).unit_price == 900

    make.price(product, 850, customer=customer)
    assert offer_of(product, customer=customer).unit_price == 850
    assert offer_of(product).unit_price == 1000


@pytest.mark.django_db
def test_prices_of_others_do_not_count():  # O7
    product = make.product(price=1000)
    customer = make.customer(price_group="B")
    make.price(product, 1, price_group="A")
    make.price(product, 2, customer=make.customer(price_group="B"))
    make.price(product, 3, currency="USD")
    make.price(make.product(price=None), 4)

    assert offer_of(product, customer=customer).unit_price == 1000
    assert offer_of(product, customer=make.customer()).unit_price == 1000
    assert offer_of(product, customer=customer, currency="CHF") is None


@pytest.mark.django_db
def test_a_price_holds_on_its_first_and_last_day_and_not_beyond():  # O7
    product = make.product(price=1000)
    make.price(product, 800, starts_on=DAY, ends_on=DAY + timedelta(days=1))

    costs = [offer_of(product, on=DAY + timedelta(days=n)).unit_price for n in (-1, 0, 1, 2)]

    assert costs == [1000, 800, 800, 1000]


@pytest.mark.django_db
def test_a_rise_holds_from_its_day_though_the_old_price_is_lower():  # O7
    product = make.product(price=1000)
    make.price(product, 1100, starts_on=DAY)

    assert offer_of(product, on=DAY - timedelta(days=1)).unit_price == 1000
    assert offer_of(product, on=DAY).unit_price == 1100


@pytest.mark.django_db
def test_many_products_are_asked_in_one_query_and_answered_in_their_order(django_assert_num_queries):  # O7
    products = [make.product(price=100 + n) for n in range(30)]
    unpriced = make.product(price=None)
    make.price(products[3], 50, quantity_from=Decimal(10))
    customer = make.customer(price_group="B", discount=500)
    wanted = [(product, Decimal(1)) for product in [*products, unpriced]] + [(products[3], Decimal(10))]

    with django_assert_num_queries(1):
        offers = prices_for(customer, wanted, currency="EUR", on=DAY, actor=SYSTEM)

    costs = [offer and offer.unit_price for offer in offers]
    assert costs == [*range(100, 130), None, 50]
    assert offers[:-2] == [offer_of(product, customer=customer) for product in products]


@pytest.mark.django_db
def test_nothing_wanted_asks_nothing(django_assert_num_queries):  # O7
    with django_assert_num_queries(0):
        assert prices_for(None, [], currency="EUR", on=DAY, actor=SYSTEM) == []


@pytest.mark.parametrize(
    ("fields", "own", "sentence"),
    [
        ({"price_group": "B", "quantity_from": Decimal(10)}, False, "price group B, from 10, less 5%"),
        ({"quantity_from": Decimal("2.5")}, False, "list price, from 2.5, less 5%"),
        ({"ends_on": DAY}, True, "own price, until 11/24/2026"),
    ],
)
@pytest.mark.django_db
def test_a_price_says_why(fields, own, sentence):  # O7
    customer = make.customer(price_group="B", discount=500)
    product = make.product(price=None)
    make.price(product, 900, **fields, **({"customer": customer} if own else {}))

    offer = offer_of(product, "10", customer=customer)

    assert price_reason(offer.reason) == sentence


def test_the_reason_is_read_in_the_readers_language():  # O7
    with translation.override("de"):
        sentence = price_reason({"whose": "group", "group": "B", "quantity_from": "1000.5", "discount": 250})

    assert sentence == "Preisgruppe B, ab 1.000,5, abzüglich 2,5\u00a0%"


@pytest.mark.django_db
def test_nobody_learns_what_another_customer_pays():  # O7
    product = make.product()
    mine, other = make.customer(), make.customer()
    buyer = make.user()
    make.membership(buyer, mine, "buyer")
    actor = make.actor(buyer)

    assert prices_for(mine, [(product, Decimal(1))], currency="EUR", on=DAY, actor=actor)[0]
    with pytest.raises(NotAllowed):
        prices_for(other, [(product, Decimal(1))], currency="EUR", on=DAY, actor=actor)
    assert not prices(actor).exists()


@pytest.mark.django_db
def test_staff_limited_to_their_customers_see_no_others_prices():  # O7
    product = make.product()
    clerk = make.staff("sales", only_own_customers=True)
    mine, other = make.customer(representative=clerk), make.customer()
    theirs, foreign = make.price(product, 1, customer=mine), make.price(product, 2, customer=other)
    actor = make.actor(clerk, door="office")

    seen = set(prices(actor).filter(customer__isnull=False))

    assert seen == {theirs}
    assert foreign not in seen
    with pytest.raises(NotAllowed):
        prices_for(other, [(product, Decimal(1))], currency="EUR", on=DAY, actor=actor)
