"""Parts and labour come in from other people's files, and go out again (W5)."""

from datetime import date

import pytest

from claimdesk.warranty.models import LabourRate, Operation, Part, PartPrice
from claimdesk.warranty.queries.rates import labour_rate, operation_offers, part_offers
from tests import make
from tests.catalog.test_imports import counts, export, take

pytestmark = pytest.mark.django_db
PARTS = (
    "number,name,price,currency,from_on\n"
    "T-1,Gasket,12.50,EUR,2026-01-01\n"
    "t-1,,13.00,EUR,2026-07-01\n"
    "T-2,Valve,,,\n"
)


def test_parts_come_in_with_dated_prices_and_a_second_run_changes_nothing(tmp_path):  # W5
    first, second = take(tmp_path, PARTS, "parts"), take(tmp_path, PARTS, "parts")

    assert counts(first) == (3, 3, 0, 0, 0)
    assert counts(second) == (3, 0, 0, 3, 0)
    assert Part.objects.count() == 2
    early = part_offers(["T-1"], on=date(2026, 6, 30), currency="EUR")
    late = part_offers(["T-1"], on=date(2026, 7, 1), currency="EUR")
    assert [offer.amount for offers in (early, late) for offer in offers.values()] == [1250, 1300]


def test_a_part_changes_and_what_was_exported_comes_in_as_the_same(tmp_path):  # W5
    take(tmp_path, PARTS, "parts")

    changed = take(tmp_path, "number,name,price,currency,from_on\nT-1,Seal,12.75,EUR,2026-01-01\n", "parts")
    again = take(tmp_path, export("parts"), "parts")

    assert counts(changed) == (1, 0, 1, 0, 0)
    assert counts(again) == (3, 0, 0, 3, 0)
    assert [(part.number, part.name) for part in Part.objects.order_by("pk")] == [
        ("T-1", "Seal"),
        ("T-2", "Valve"),
    ]
    assert PartPrice.objects.get(from_on=date(2026, 1, 1)).amount == 1275


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("T-9,,1.00,EUR,2026-01-01,", "name: a new part has one"),
        ("T-9,Valve,1.00,EUR,,", "from_on: a price says from when it holds"),
        ("T-9,Valve,1.005,EUR,2026-01-01,", "price: '1.005' has more decimals than EUR has"),
        ("T-9,Valve,-1,EUR,2026-01-01,", "price: is less than nothing"),
        ("T-9,Valve,1.00,EUR,2026-01-01,none", "product: there is no product none"),
    ],
)
def test_a_part_that_makes_no_sense_is_refused_with_the_reason(tmp_path, row: str, reason: str):  # W5
    result = take(tmp_path, f"number,name,price,currency,from_on,product\n{row}\n", "parts")

    assert counts(result) == (1, 0, 0, 0, 1)
    assert [words for _line, words in result.reasons] == [reason]
    assert not Part.objects.exists()


def test_labour_comes_in_as_operations_and_rates_and_goes_out_again(tmp_path):  # W5
    dealer = make.customer()
    file = (
        "number,name,minutes,customer,price_group,rate,currency,from_on\n"
        "L-1,Change the gasket,45,,,,,2026-01-01\n"
        f",,,{dealer.number},,80.00,EUR,2026-01-01\n"
        ",,,,,60.00,EUR,2026-01-01\n"
        ",,,nobody,,60.00,EUR,2026-01-01\n"
        "L-2,,10,,,,,2026-01-01\n"
        f",,,{dealer.number},gold,80.00,EUR,2026-02-01\n"
    )

    first, second = take(tmp_path, file, "labour"), take(tmp_path, file, "labour")
    again = take(tmp_path, export("labour"), "labour")

    assert (counts(first), counts(second)) == ((6, 3, 0, 0, 3), (6, 0, 0, 3, 3))
    assert counts(again) == (3, 0, 0, 3, 0)
    day = date(2026, 3, 1)
    assert [each.minutes for each in operation_offers(["l1", "L-1"], on=day).values()] == [45]
    assert labour_rate(dealer, on=day, currency="EUR") == 8000
    assert labour_rate(make.customer(), on=day, currency="EUR") == 6000
    assert (Operation.objects.count(), LabourRate.objects.count()) == (1, 2)
