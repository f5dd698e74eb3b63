"""Rivals in the catalogue: one number, one price, one withdrawal."""

from collections import Counter

import pytest

from claimdesk.catalog.actions.pictures import add_picture
from claimdesk.catalog.actions.prices import add_price, change_price
from claimdesk.catalog.actions.products import create_product, withdraw_product
from claimdesk.catalog.models import Misspelling, Price, Product, ProductPicture
from claimdesk.catalog.pictures import DrawnPicture
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.race


def codes(results) -> Counter[str]:
    """The refusals' codes; anything else that went wrong fails the test."""
    errors = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert errors == []
    return Counter(one.code for one in results if isinstance(one, Refused))


def test_of_many_products_with_one_number_one_is_made(race):  # O4
    results = race(*[lambda: create_product(number="HS-1", name="Wood screw", by=make.STAFF)] * 5)

    assert codes(results) == {"number_taken": 4}
    assert Product.objects.count() == Event.objects.filter(kind="product.created").count() == 1


def test_new_words_may_be_filed_by_many_at_once(race):  # O4
    results = race(
        *[
            lambda n=n: create_product(number=f"HS-{n}", name="Sechskantschraube", by=make.STAFF)
            for n in range(5)
        ]
    )

    assert codes(results) == {}
    assert Misspelling.objects.filter(spelling="sechskantschraube").count() == 1


def test_of_many_equal_prices_one_is_added(race):  # O7
    product = make.product(price=None)

    results = race(*[lambda: add_price(product, amount=100, currency="EUR", by=make.STAFF)] * 5)

    assert codes(results) == {"price_exists": 4}
    assert Price.objects.count() == Event.objects.filter(kind="price.added").count() == 1


def test_two_who_saw_the_same_price_do_not_overwrite_each_other(race):  # O7
    row = make.product().prices.get()

    results = race(
        lambda: change_price(row, amount=1, seen_at=row.updated_at, by=make.STAFF),
        lambda: change_price(row, amount=2, seen_at=row.updated_at, by=make.STAFF),
    )

    assert codes(results) == {"changed_meanwhile": 1}
    assert Event.objects.get().data["after"] == {"amount": Price.objects.get().amount}


def test_a_product_is_withdrawn_once(race):  # O4
    product = make.product()

    results = race(*[lambda: withdraw_product(Product.objects.get(pk=product.pk), by=make.STAFF)] * 5)

    assert codes(results) == {"already_withdrawn": 4}
    assert Event.objects.about(product).count() == 1


def test_the_same_picture_is_added_once(race):  # O4
    product = make.product()
    drawn = DrawnPicture(b"large", b"small")

    results = race(*[lambda: add_picture(product, picture=drawn, by=make.STAFF)] * 4)

    assert codes(results) == {"picture_exists": 3}
    assert ProductPicture.objects.count() == 1
