"""Settings › Company › Orders and money: the currency, how prices are read, payment, freight, numbers."""

from decimal import Decimal

import pytest
from django.test import Client

from claimdesk.company.queries.company import company
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.cart_orders import order_cart
from claimdesk.orders.actions.carts import add_to_cart
from claimdesk.orders.actions.orders import place_order
from claimdesk.orders.wanted import WantedLine
from tests import make

pytestmark = pytest.mark.django_db

PAGE = "/office/settings/company/orders/"
AS_IT_STANDS = {
    "currency": "EUR",
    "price_mode": "net",
    "payment_terms": "on_account",
    "freight": "0",
    "freight_free_from": "",
    "freight_tax_rate": "0",
    "order_prefix": "B",
}


@pytest.fixture
def administrator(client: Client) -> Client:
    make.company()
    client.force_login(make.staff())
    return client


def test_freight_is_typed_in_the_sellers_currency_and_asked_of_the_next_order(
    administrator: Client,
):  # O8 O18
    sold, buyer = make.product(price=1000), make.customer()
    wishes = {"freight": "5,90", "freight_free_from": "100", "freight_tax_rate": "19", "order_prefix": "AB"}
    before = place_order(buyer, lines=[WantedLine(sold, Decimal(1))], by=make.STAFF)

    answer = administrator.post(PAGE, AS_IT_STANDS | wishes)

    assert answer.status_code == 303
    seller = company()
    assert (seller.freight, seller.freight_free_from, seller.freight_tax_rate) == (590, 10_000, 1900)
    small = place_order(buyer, lines=[WantedLine(sold, Decimal(1))], by=make.STAFF)
    assert (small.freight, small.freight_tax_rate, small.total) == (590, 1900, 1190 + 702)
    assert small.number.startswith("AB")
    large = place_order(buyer, lines=[WantedLine(sold, Decimal(10))], by=make.STAFF)
    assert (large.freight, large.total) == (0, 11_900)
    before.refresh_from_db()
    assert (before.freight, before.total) == (0, 1190)


def test_what_stands_is_shown_as_one_would_type_it(administrator: Client):  # O8
    make.company(currency="KWD", freight=1250, freight_free_from=100_000, freight_tax_rate=550)

    form = administrator.get(PAGE).context["form"]

    assert form["freight"].value() == "1.250"
    assert form["freight_free_from"].value() == "100.000"
    assert f"{form['freight_tax_rate'].value()}" == "5.5"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("freight", "-1"), ("freight", "5.905"), ("freight", "much"), ("freight", ""), ("freight", "NaN"),
        ("freight", "99999999999999999"), ("freight_free_from", "-0.01"), ("freight_tax_rate", "101"),
        ("freight_tax_rate", "-1"), ("order_prefix", "b1"), ("order_prefix", ""), ("price_mode", "half"),
        ("payment_terms", "never"), ("currency", "XXY"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_on_its_field(administrator: Client, name: str, typed: str):  # O8 O18
    answer = administrator.post(PAGE, AS_IT_STANDS | {"freight_free_from": "50", name: typed})

    assert answer.status_code == 422
    assert name in answer.context["form"].errors
    assert company().freight_free_from is None
    assert not Event.objects.exists()


def test_another_currency_asks_first_and_tells_what_has_no_price_in_it(administrator: Client):  # O8
    make.product(price=1000)
    make.price(make.product(price=None), 900, currency="CHF")

    asked = administrator.post(PAGE, AS_IT_STANDS | {"currency": "CHF", "freight": "7.50"})

    assert asked.status_code == 200
    assert "1 product of 2 on sale has no price in CHF" in asked.content.decode()
    assert company().currency == "EUR"
    hidden = {"currency": "CHF", "freight": "7.50", "order_approval": "False", "is_asked": "1"}
    assert administrator.post(PAGE, AS_IT_STANDS | hidden).status_code == 303
    seller = company()
    assert (seller.currency, seller.freight, seller.order_approval) == ("CHF", 750, False)


def test_a_sum_is_told_in_the_digits_of_the_new_currency(administrator: Client):  # O8
    make.company(freight=590)
    sent = AS_IT_STANDS | {"currency": "JPY", "is_asked": "1"}

    refused = administrator.post(PAGE, sent | {"freight": "5.90"})
    taken = administrator.post(PAGE, sent | {"freight": "590"})

    assert refused.status_code == 422
    assert taken.status_code == 303
    told = Event.objects.get().data
    assert told["before"] == {"currency": "EUR", "freight": "5.90 EUR"}
    assert told["after"] == {"currency": "JPY", "freight": "590 JPY"}


def test_prices_read_gross_are_asked_first_and_leave_orders_that_stand(administrator: Client):  # O8
    sold, buyer = make.product(price=1190), make.customer()
    net = place_order(buyer, lines=[WantedLine(sold, Decimal(1))], by=make.STAFF)

    asked = administrator.post(PAGE, AS_IT_STANDS | {"price_mode": "gross"})
    answer = administrator.post(PAGE, AS_IT_STANDS | {"price_mode": "gross", "is_asked": "1"})

    assert "having tax inside" in asked.content.decode()
    assert answer.status_code == 303
    gross = place_order(buyer, lines=[WantedLine(sold, Decimal(1))], by=make.STAFF)
    net.refresh_from_db()
    assert (net.price_mode, net.total, net.tax) == ("net", 1416, 226)
    assert (gross.price_mode, gross.total, gross.tax) == ("gross", 1190, 190)


def test_an_open_cart_is_ordered_at_the_new_freight_only_when_it_was_seen(administrator: Client):  # O4 O8
    buyer, sold = make.user(), make.product(price=1000)
    customer = make.membership(buyer, make.customer(), "buyer").customer
    add_to_cart(customer, lines=[WantedLine(sold, Decimal(1))], by=make.actor(buyer))

    administrator.post(PAGE, AS_IT_STANDS | {"freight": "5.90"})

    with pytest.raises(Refused) as refusal:
        order_cart(customer, key="a", expected_total=1190, by=make.actor(buyer))
    assert refusal.value.code == "price_changed"
    assert order_cart(customer, key="b", expected_total=1780, by=make.actor(buyer)).freight == 590


def test_orders_paid_before_delivery_wait_for_the_money(administrator: Client):  # O9 O20
    sold, buyer = make.product(), make.customer()

    administrator.post(PAGE, AS_IT_STANDS | {"payment_terms": "prepayment"})

    order = place_order(buyer, lines=[WantedLine(sold, Decimal(1))], by=make.STAFF)
    assert (order.payment_terms, order.state) == ("prepayment", "payment_pending")


def test_the_settings_are_the_administrators(client: Client):  # A83
    make.company()
    client.force_login(make.staff("finance"))

    assert client.post(PAGE, AS_IT_STANDS | {"freight": "1"}).status_code == 403
    assert company().freight == 0
