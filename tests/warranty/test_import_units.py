"""Units come in from other people's files, and go out again (U8)."""

from datetime import date

import pytest

from claimdesk.customers.models import Customer
from claimdesk.warranty.models import Custody, Unit
from tests import make
from tests.catalog.test_imports import counts, export, take

pytestmark = pytest.mark.django_db
HEADER = "serial,product,dealer,region,manufactured_on,shipped_on,invoiced_on,external_id\n"
ROW = "AB-1,P-1,K-1,DE,2026-01-01,2026-01-05,2026-01-06,E-1\n"


@pytest.fixture(autouse=True)
def on_file() -> None:
    make.company()
    make.customer(number="K-1", street="Ring 1", postcode="1010", town="Wien", country="AT")
    make.customer(number="K-2")
    make.product(number="P-1")


def test_rows_become_units_with_their_dealer_custody_and_cover(tmp_path):  # U8 U3
    make.policy(start="shipment", months=12)

    result = take(tmp_path, HEADER + ROW + "AB-2,p-1,,,,,,\nAB-3,P-1,k1,,,,,\n", kind="units")

    first, second, third = Unit.objects.order_by("serial")
    assert counts(result) == (3, 3, 0, 0, 0)
    assert (first.dealer and first.dealer.number, first.region, first.external_id) == ("K-1", "DE", "E-1")
    assert first.cover_ends_on == date(2027, 1, 5)
    assert (second.dealer, third.region) == (None, "AT")
    assert list(Custody.objects.order_by("pk").values_list("role", flat=True)) == [
        "dealer",
        "factory",
        "dealer",
    ]


def test_the_same_file_twice_changes_nothing(tmp_path):  # U8
    take(tmp_path, HEADER + ROW, kind="units")
    before = Unit.objects.values().get()

    result = take(tmp_path, HEADER + ROW, kind="units")

    assert counts(result) == (1, 0, 0, 1, 0)
    assert Unit.objects.values().get() == before


@pytest.mark.parametrize(
    "row",
    [
        "AB-1,P-9,K-1,,,,,",  # unknown product
        "AB-1,P-1,K-9,,,,,",  # unknown dealer
        "--,P-1,K-1,,,,,",  # no serial
        "AB-1,P-1,K-1,XX,,,,",  # no country
        "AB-1,P-1,K-1,,2026-02-01,2026-01-01,,",  # shipped before it was made
        "AB-1,P-1,K-1,,2999-01-01,,,",  # not made yet
    ],
)
def test_what_cannot_be_is_refused(tmp_path, row: str):  # U8
    result = take(tmp_path, HEADER + row + "\n", kind="units")

    assert counts(result) == (1, 0, 0, 0, 1)
    assert not Unit.objects.exists()


def test_a_serial_that_stands_twice_in_whichever_spelling_is_refused(tmp_path):  # U8
    result = take(tmp_path, HEADER + "AB-1,P-1,K-1,,,,,\nab 1,P-1,K-2,,,,,\n", kind="units")

    assert result.refused >= 1
    assert Unit.objects.count() <= 1
    assert not Unit.objects.filter(dealer__number="K-2").exists()


def test_a_unit_of_another_dealer_is_refused_and_stays(tmp_path):  # U8
    take(tmp_path, HEADER + ROW, kind="units")

    result = take(tmp_path, HEADER + ROW.replace("K-1", "K-2"), kind="units")

    assert counts(result) == (1, 0, 0, 0, 1)
    assert Unit.objects.get().dealer == Customer.objects.get(number="K-1")


def test_a_unit_without_dealer_is_assigned_by_a_later_file(tmp_path):  # U8 U3
    take(tmp_path, HEADER + "AB-1,P-1,,,,,,\n", kind="units")

    result = take(tmp_path, HEADER + "AB-1,P-1,K-2,,,,,\n", kind="units")

    assert counts(result) == (1, 0, 1, 0, 0)
    assert Custody.objects.get(until_on=None).customer == Unit.objects.get().dealer


def test_what_was_exported_can_be_taken_again(tmp_path):  # U8
    take(tmp_path, HEADER + ROW, kind="units")

    result = take(tmp_path, export("units"), kind="units")

    assert result.refused == 0
    assert (result.new, Unit.objects.count()) == (0, 1)
