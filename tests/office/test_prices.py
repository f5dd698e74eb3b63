import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.catalog.actions.products import create_product
from claimdesk.catalog.models import Price, Product
from claimdesk.kernel.clock import today
from tests import make

pytestmark = pytest.mark.django_db
LIST = "/office/prices/"
TRIAL = "/office/prices/trial/"


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make.staff("sales"))
    return client


def filed(number: str, name: str) -> Product:
    """A product that can be found."""
    return create_product(number=number, name=name, by=make.STAFF)


def amounts_on(page: str) -> set[str]:
    """The prices in the list."""
    return set(re.findall(r'data-label="Price"[^>]*>\s*(?:<a[^>]*>)?([^<]+)', page))


@pytest.fixture
def price_list() -> Product:
    """A hammer with prices of every kind, and a saw."""
    hammer, saw = filed("H-1", "Hammer"), filed("S-1", "Saw")
    make.price(hammer, 100)
    make.price(hammer, 200, price_group="B", starts_on=today() + timedelta(days=9))
    make.price(hammer, 300, customer=make.customer(number="K4711"), ends_on=today() - timedelta(days=1))
    make.price(saw, 400, price_group="C", per=100)
    return hammer


@pytest.mark.parametrize(
    ("query", "amounts"),
    [
        ("", {"€1.00", "€2.00", "€3.00", "€4.00 for 100"}),
        ("q=hamer", {"€1.00", "€2.00", "€3.00"}),
        ("q=S-1", {"€4.00 for 100"}),
        ("whose=list", {"€1.00"}),
        ("whose=group", {"€2.00", "€4.00 for 100"}),
        ("whose=customer", {"€3.00"}),
        ("group=C", {"€4.00 for 100"}),
        ("customer=k4711", {"€3.00"}),
        ("customer=nobody", set()),
        ("valid=now", {"€1.00", "€4.00 for 100"}),
        ("valid=later", {"€2.00"}),
        ("valid=over", {"€3.00"}),
    ],
)
def test_prices_are_searched_and_filtered(clerk, price_list, query, amounts):  # O7
    assert amounts_on(clerk.get(f"{LIST}?{query}").content.decode()) == amounts


def test_the_prices_of_one_product_stand_together(clerk, price_list):  # O7
    page = clerk.get(f"{LIST}?product={price_list.pk}").content.decode()

    assert amounts_on(page) == {"€1.00", "€2.00", "€3.00"}


def test_the_list_costs_twelve_queries_at_most_however_long_it_is(clerk, django_assert_max_num_queries):  # O7
    product = filed("H-1", "Hammer")
    for n in range(30):
        make.price(product, n, customer=make.customer())

    with django_assert_max_num_queries(12):
        page = clerk.get(f"{LIST}?q=hammer&whose=customer&valid=now").content.decode()
    assert page.count("data-row ") + page.count("data-row-dialog>") >= 25


def test_limited_staff_see_no_price_of_others_and_set_none(client):  # A53 O7
    clerk = make.staff("sales", only_own_customers=True)
    own, other = make.customer(representative=clerk, number="K1"), make.customer(number="K2")
    product = make.product(price=100, number="P1")
    make.price(product, 200, customer=own)
    foreign = make.price(product, 300, customer=other)
    everybodys = product.prices.get(customer=None)
    client.force_login(clerk)

    assert amounts_on(client.get(LIST).content.decode()) == {"€1.00", "€2.00"}
    assert client.get(reverse("office:price", args=[foreign.pk])).status_code == 404
    assert client.get(f"{TRIAL}?product=P1&quantity=1&customer=K2").status_code == 422
    assert client.post(reverse("office:price_removal", args=[everybodys.pk])).status_code == 403
    new = {"product": "P1", "amount": "1", "currency": "EUR", "per": 1, "quantity_from": 5}
    assert client.post(reverse("office:price_new"), new).status_code == 422
    assert client.post(reverse("office:price_new"), new | {"customer": "K1"}).status_code == 303
    assert sorted(Price.objects.values_list("amount", flat=True)) == [100, 100, 200, 300]


def test_a_price_is_added_changed_and_removed(clerk):  # O7
    product = make.product(number="HS-1", price=None)
    make.customer(number="K1")
    new = {
        "product": "hs1", "customer": "k1", "amount": "12,50", "currency": "eur", "per": "100", "quantity_from": "10",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31",
    }  # fmt: skip

    assert clerk.post(reverse("office:price_new"), new).status_code == 303
    row = Price.objects.get()
    assert (row.product, row.amount, row.per, row.quantity_from) == (product, 1250, 100, 10)
    assert clerk.post(reverse("office:price_new"), new).status_code == 409

    address = reverse("office:price", args=[row.pk])
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', clerk.get(address).content.decode())[1]
    changed = {"amount": "11", "per": 1, "quantity_from": "2.5", "seen": seen}
    assert clerk.post(address, changed).status_code == 303
    row.refresh_from_db()
    assert (row.amount, row.quantity_from, row.starts_on) == (1100, Decimal("2.5"), None)
    assert clerk.post(address, changed | {"amount": "5"}).status_code == 409

    clerk.post(reverse("office:price_removal", args=[row.pk]))
    assert not Price.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"product": "nothing"}, {"customer": "nobody"}, {"price_group": "B"}, {"amount": "cheap"}, {"amount": "-1"},
        {"amount": "1.234"}, {"amount": "9999999999999"}, {"currency": "XXY"}, {"per": "0"},
        {"quantity_from": "-1"}, {"ends_on": "2025-12-31"}, {"starts_on": "soon"},
    ],
)  # fmt: skip
def test_wrong_input_is_said_and_makes_nothing(clerk, wrong):  # O7
    make.product(number="HS-1", price=None)
    make.customer(number="K1")
    new = {
        "product": "HS-1", "customer": "K1", "amount": "12.50", "currency": "EUR", "per": "1", "quantity_from": "0",
        "starts_on": "2026-01-01",
    }  # fmt: skip

    answer = clerk.post(reverse("office:price_new"), new | wrong)

    assert answer.status_code == 422
    assert not Price.objects.exists()


def test_the_chosen_prices_change_by_a_percentage_after_a_question(clerk):  # O7
    chosen, other = make.product(price=1000), make.product(price=1000)
    address = reverse("office:price_adjustment")
    ids = {"ids": [chosen.prices.get().pk]}

    asked = clerk.post(address, ids)
    assert asked.status_code == 200
    assert "1 price is chosen" in asked.content.decode()
    assert clerk.post(address, ids | {"percent": "0"}).status_code == 422
    assert clerk.post(address, ids | {"percent": "5", "starts_on": "2020-01-01"}).status_code == 422
    assert sorted(Price.objects.values_list("amount", flat=True)) == [1000, 1000]

    assert clerk.post(address, ids | {"percent": "5.5"}).status_code == 303
    assert (chosen.prices.get().amount, other.prices.get().amount) == (1055, 1000)


def test_all_that_match_change_from_a_day_on(clerk):  # O7
    hammer = filed("H-1", "Hammer")
    make.price(hammer, 1000)
    make.price(hammer, 900, price_group="B")
    day = today() + timedelta(days=30)

    clerk.post(
        reverse("office:price_adjustment"),
        {"everything": "1", "query": "q=hammer&whose=group", "percent": "-10", "starts_on": day.isoformat()},
    )

    rows = hammer.prices.order_by("amount").values_list("amount", "price_group", "starts_on")
    assert list(rows) == [(810, "B", day), (900, "B", None), (1000, "", None)]


def test_a_clerk_learns_what_a_customer_would_pay_and_why(clerk):  # O7
    product = make.product(number="HS-1", price=1000)
    make.price(product, 900, price_group="B", quantity_from=Decimal(10))
    make.customer(number="K1", name="Meyer", price_group="B", discount=500)

    page = clerk.get(f"{TRIAL}?product=hs-1&customer=K1&quantity=20").content.decode()

    assert "Meyer" in page
    assert "€171.00" in page
    assert "price group B, from 10, less 5%" in page
    assert "list price, less 5%" in page


def test_what_has_no_price_is_said(clerk):  # O7
    make.product(number="HS-1", price=None)

    page = clerk.get(f"{TRIAL}?product=HS-1&quantity=1").content.decode()

    assert "It has no price" in page


@pytest.mark.parametrize(
    "query", ["product=nothing&quantity=1", "product=HS-1&quantity=0", "product=HS-1&quantity=1&on=x"]
)
def test_a_question_that_makes_no_sense_is_answered_so(clerk, query):  # O7
    make.product(number="HS-1")

    assert clerk.get(f"{TRIAL}?{query}").status_code == 422


def test_whoever_may_only_look_is_offered_nothing_to_change(client):  # O7
    price = make.product().prices.get()
    client.force_login(make.staff("finance"))

    listed = client.get(LIST).content.decode()
    page = client.get(reverse("office:price", args=[price.pk])).content.decode()

    assert "Add a price" not in listed
    assert "Change by a percentage" not in listed
    assert "Save" not in page
    assert client.post(reverse("office:price", args=[price.pk]), {"amount": "1"}).status_code == 403
    price.refresh_from_db()
    assert price.amount == 1000
