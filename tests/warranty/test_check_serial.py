"""What a serial number tells, and to whom."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claimdesk.warranty.actions.units import replace_unit
from claimdesk.warranty.models import Unit
from claimdesk.warranty.queries.coverage import check_serial, facts_of
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def shelved_unit(**fields) -> Unit:
    top = make.category()
    shelf = make.category(parent=top)
    return make.unit(product=make.product(category=shelf), **fields)


def test_a_serial_number_in_any_spelling_finds_its_cover():  # U1 U5
    make.policy(name="Two years")
    make.unit(serial="AB-12/7", delivered_on=date(2025, 1, 31))

    found = check_serial("ab 127", failed_on=DAY, actor=make.STAFF)

    assert (found.answer.verdict, found.cover_ends_on) == ("covered", date(2027, 1, 31))
    assert found.as_json() == {
        "verdict": "covered",
        "reasons": [
            {"code": "covered", "values": {"policy": "Two years", "kind": "base", "ends_on": "2027-01-31"}},
            {"code": "from_delivery", "values": {"starts_on": "2025-01-31", "months": 24}},
        ],
        "policy": "Two years",
        "kind": "base",
        "starts_on": "2025-01-31",
        "ends_on": "2027-01-31",
    }


def test_a_policy_of_a_shelf_above_holds_for_what_stands_below():  # U5
    unit = shelved_unit(delivered_on=date(2025, 1, 31), region="DE")
    make.policy(category=unit.product.category.parent, months=36)
    make.policy(product=make.product(), months=99)
    make.policy(region="FR", months=99)
    make.policy(is_active=False, product=unit.product, months=99)

    assert check_serial(unit.serial, failed_on=DAY, actor=make.STAFF).cover_ends_on == date(2028, 1, 31)


def test_own_foreign_and_unknown_serial_numbers_take_the_same_statements():  # U2
    make.policy()
    unit = shelved_unit(delivered_on=date(2025, 1, 31))
    own, other = make.dealer(unit.dealer), make.dealer(make.customer())
    first, second, third = make.unit(), make.unit(), make.unit()
    replace_unit(first, successor=second, by=make.STAFF)
    replace_unit(second, successor=third, by=make.STAFF)
    asked = {}
    for name, serial, actor in (
        ("own", unit.serial, own),
        ("foreign", unit.serial, other),
        ("unknown", "X", other),
        ("replacing", third.serial, other),
    ):
        with CaptureQueriesContext(
            connection,
        ) as statements:
            asked[name] = check_serial(serial, failed_on=DAY, actor=actor)
        assert len(statements) == 3, name

    assert asked["own"].unit == unit
    assert asked["foreign"].unit is None
    assert asked["foreign"].answer == asked["own"].answer
    assert asked["unknown"].answer.verdict == "unknown_serial"


def test_a_chain_of_replacements_is_followed_and_a_circle_is_not_for_ever():  # U7
    first, second, third = make.unit(), make.unit(), make.unit()
    replace_unit(first, successor=second, by=make.STAFF)
    replace_unit(second, successor=third, by=make.STAFF)

    facts = facts_of(third)
    Unit.objects.filter(pk=third.pk).update(state="inactive", replaced_by=first, replaced_on=DAY)
    circle = facts_of(Unit.objects.get(pk=third.pk))

    assert facts is not None
    assert circle is not None
    assert [each.id for each in facts.chain] == [first.pk, second.pk, third.pk]
    assert len(circle.chain) == 3


def test_a_unit_shipped_long_ago_and_never_registered_says_so():  # U5
    make.policy(fallback_months=6)
    unit = make.unit(shipped_on=date(2023, 1, 31))
    bare = make.unit()

    answer = check_serial(unit.serial, failed_on=DAY, actor=make.STAFF).answer

    assert (answer.verdict, answer.reasons[0].values["ends_on"]) == ("out_of_warranty", "2025-07-31")
    assert check_serial(bare.serial, failed_on=DAY, actor=make.STAFF).answer.verdict == "not_registered"
    assert (
        check_serial("none", failed_on=DAY - timedelta(1), actor=make.STAFF).answer.verdict
        == "unknown_serial"
    )
