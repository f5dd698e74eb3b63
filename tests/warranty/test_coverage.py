"""Warranty as a calculation: which policy, from which start, until which day, and why not (U5, U7)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.warranty.coverage import (
    PolicyFacts,
    UnitFacts,
    answer_on,
    cover_ends_on,
    coverages,
)
from claimdesk.warranty.months import add_months

BASE = PolicyFacts(1, "Two years", "base", 24)
SAW = UnitFacts(7, product_id=3, category_ids=(30, 300), region="DE", delivered_on=date(2024, 1, 15))
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))
MONTHS = st.integers(min_value=0, max_value=240)


def ends(unit: UnitFacts, *policies: PolicyFacts) -> list[date | None]:
    return [coverage.ends_on for coverage in coverages(unit, policies)]


def codes(unit: UnitFacts | None, *policies: PolicyFacts, on: date, meter: int | None = None) -> list[str]:
    return [reason.code for reason in answer_on(unit, policies, failed_on=on, meter=meter).reasons]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 15), 24, date(2026, 1, 15)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 1, 30), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 29)),
        (date(2024, 2, 28), 12, date(2025, 2, 28)),
        (date(2024, 4, 30), 1, date(2024, 5, 31)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 5, 5), 0, date(2024, 5, 5)),
        (date(9999, 12, 1), 12, date.max),
    ],
)
def test_ends_of_months_are_kept(day: date, months: int, later: date):  # U5
    assert add_months(day, months) == later


@given(DAYS, MONTHS)
def test_so_many_months_lead_into_the_right_month(day: date, months: int):  # U5
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day >= min(day.day, 28)


@given(DAYS, DAYS, MONTHS)
def test_who_begins_later_ends_no_earlier(one: date, other: date, months: int):  # U5
    earlier, later = sorted((one, other))

    assert add_months(earlier, months) <= add_months(later, months)


@given(DAYS, MONTHS)
def test_the_last_day_is_covered_and_the_next_is_not(delivered_on: date, months: int):  # U5
    unit, policy = replace(SAW, delivered_on=delivered_on), replace(BASE, months=months)
    (last,) = ends(unit, policy)

    assert last is not None
    assert answer_on(unit, [policy], failed_on=last).verdict == "covered"
    assert answer_on(unit, [policy], failed_on=last + timedelta(1)).verdict == "out_of_warranty"
    assert answer_on(unit, [policy], failed_on=delivered_on).verdict == "covered"
    assert answer_on(unit, [policy], failed_on=delivered_on - timedelta(1)).verdict == "out_of_warranty"


def test_unknown_not_registered_and_over_are_three_answers():  # U5
    on = date(2026, 1, 16)

    assert answer_on(None, [BASE], failed_on=on).verdict == "unknown_serial"
    assert answer_on(replace(SAW, delivered_on=None), [BASE], failed_on=on).verdict == "not_registered"
    assert answer_on(SAW, [BASE], failed_on=on).verdict == "out_of_warranty"


def test_each_answer_says_why():  # U5
    never = replace(SAW, delivered_on=None)

    assert codes(SAW, BASE, on=date(2026, 1, 15)) == ["covered", "from_delivery"]
    assert codes(SAW, BASE, on=date(2026, 1, 16)) == ["ended"]
    assert codes(SAW, BASE, on=date(2024, 1, 14)) == ["begins_later"]
    assert codes(never, BASE, on=date(2024, 1, 15)) == ["start_unknown"]
    assert codes(SAW, on=date(2024, 1, 15)) == ["no_policy"]
    assert codes(None, BASE, on=date(2024, 1, 15)) == ["unknown_serial"]


def test_a_unit_never_registered_is_covered_from_some_months_after_shipment():  # U5
    unit = replace(SAW, delivered_on=None, shipped_on=date(2023, 8, 31))
    policy = replace(BASE, fallback_months=6)

    assert ends(unit, policy) == [date(2026, 2, 28)]
    assert codes(unit, policy, on=date(2024, 2, 29)) == ["covered", "from_fallback"]
    assert answer_on(unit, [policy], failed_on=date(2024, 2, 28)).verdict == "out_of_warranty"


def test_registering_late_puts_the_delivery_in_place_of_the_months_after_shipment():  # U5
    policy = replace(BASE, fallback_months=6)
    unit = replace(SAW, shipped_on=date(2023, 1, 10))

    assert ends(replace(unit, delivered_on=None), policy) == [date(2025, 7, 10)]
    assert ends(unit, policy) == [date(2026, 1, 15)]


def test_a_policy_can_say_when_cover_begins_at_the_latest():  # U5
    unit = replace(SAW, shipped_on=date(2022, 1, 10))
    policy = replace(BASE, latest_start_months=12)

    assert ends(unit, policy) == [date(2025, 1, 10)]
    assert codes(unit, policy, on=date(2025, 1, 10)) == ["covered", "from_latest"]
    assert ends(replace(unit, shipped_on=None), policy) == [date(2026, 1, 15)]


def test_cover_counts_from_what_its_policy_says():  # U5
    unit = replace(SAW, invoiced_on=date(2023, 12, 1), shipped_on=date(2023, 12, 5))

    assert ends(unit, replace(BASE, start="invoice")) == [date(2025, 12, 1)]
    assert ends(unit, replace(BASE, start="shipment")) == [date(2025, 12, 5)]
    assert codes(SAW, replace(BASE, start="invoice"), on=date(2024, 2, 1)) == ["start_unknown"]
    assert (
        answer_on(SAW, [replace(BASE, start="invoice")], failed_on=date(2024, 2, 1)).verdict
        == "out_of_warranty"
    )


def test_the_policy_that_is_meant_most_narrowly_holds():  # U5
    shelf = replace(BASE, id=2, months=30, category_id=300)
    near = replace(BASE, id=3, months=36, category_id=30)
    german = replace(BASE, id=4, months=40, category_id=30, region="DE")
    own = replace(BASE, id=5, months=12, product_id=3)
    foreign = replace(BASE, id=6, months=99, product_id=3, region="FR")

    assert ends(SAW, BASE, shelf) == [date(2026, 7, 15)]
    assert ends(SAW, shelf, near, BASE) == [date(2027, 1, 15)]
    assert ends(SAW, german, near) == [date(2027, 5, 15)]
    assert ends(SAW, foreign, german, own) == [date(2025, 1, 15)]
    assert ends(replace(SAW, product_id=4, category_ids=()), own, near) == []


def test_of_two_alike_the_one_that_was_offered_at_the_start_holds():  # U5
    old = replace(BASE, id=2, months=12, offered_until_on=date(2024, 1, 14))
    new = replace(BASE, id=3, months=36, offered_from_on=date(2024, 1, 15))

    assert ends(SAW, old, new) == [date(2027, 1, 15)]
    assert ends(replace(SAW, delivered_on=date(2024, 1, 14)), old, new) == [date(2025, 1, 14)]


def test_several_kinds_of_cover_stand_beside_one_another():  # U5
    parts = replace(BASE, id=2, kind="parts", months=36)
    one = replace(BASE, id=3, kind="goodwill", months=48, unit_id=7)
    other = replace(BASE, id=4, kind="goodwill", months=60, unit_id=8)
    recall = replace(BASE, id=5, kind="recall", months=120)
    policies = (recall, other, one, parts, BASE)

    found = {
        on: answer_on(SAW, policies, failed_on=on).coverage for on in (date(2026, 1, 15), date(2026, 1, 16))
    }

    assert [coverage.policy.kind for coverage in coverages(SAW, policies)] == [
        "base",
        "parts",
        "goodwill",
        "recall",
    ]
    assert [coverage and coverage.policy.kind for coverage in found.values()] == ["base", "parts"]
    assert answer_on(SAW, policies, failed_on=date(2027, 6, 1)).coverage == coverages(SAW, policies)[2]
    assert codes(SAW, *policies, on=date(2035, 1, 1)) == ["ended"] * 4


def test_cover_ends_at_the_meter_too():  # U5
    policy = replace(BASE, meter_limit=2000)
    on = date(2025, 1, 1)

    assert codes(SAW, policy, on=on, meter=2000) == ["covered", "from_delivery"]
    assert codes(SAW, policy, on=on, meter=2001) == ["meter_over"]
    assert codes(SAW, policy, on=on) == ["covered", "from_delivery", "meter_unknown"]


def test_a_replacement_takes_over_what_is_left():  # U7
    old = replace(SAW, replaced_on=date(2025, 6, 1))
    new = UnitFacts(8, product_id=3, delivered_on=date(2025, 6, 3), replaces=old)

    assert ends(old, BASE) == [date(2025, 6, 1)]
    assert ends(new, BASE) == [date(2026, 1, 15)]
    assert codes(new, BASE, on=date(2026, 1, 15)) == ["covered", "carried_over"]
    assert codes(new, BASE, on=date(2026, 1, 16)) == ["ended"]
    assert codes(old, BASE, on=date(2025, 6, 2)) == ["ended", "replaced"]


def test_a_replacement_may_be_covered_some_months_at_least():  # U7
    policy = replace(BASE, carry_over_months=6)
    new = UnitFacts(8, product_id=3, replaces=replace(SAW, replaced_on=date(2026, 1, 1)))
    late = UnitFacts(8, product_id=3, replaces=replace(SAW, replaced_on=date(2026, 1, 16)))

    assert ends(new, policy) == [date(2026, 7, 1)]
    assert codes(late, policy, on=date(2026, 1, 16)) == ["nothing_left"]


def test_one_that_was_replaced_before_delivery_hands_on_its_place_and_no_day():  # U7
    new = UnitFacts(
        8,
        3,
        delivered_on=date(2024, 5, 1),
        replaces=replace(SAW, delivered_on=None, replaced_on=date(2024, 4, 1)),
    )

    assert ends(new, BASE) == [date(2026, 5, 1)]


@given(DAYS, st.integers(1, 60), st.integers(0, 24), st.lists(st.integers(0, 400), min_size=1, max_size=12))
def test_no_chain_of_replacements_is_covered_for_ever(
    start: date, months: int, carried: int, gaps: list[int]
):  # U7
    policy = replace(BASE, months=months, carry_over_months=carried)
    unit = replace(SAW, delivered_on=start)
    bound = add_months(add_months(start, months), carried)
    day = start
    for number, gap in enumerate(gaps):
        day += timedelta(gap)
        unit = UnitFacts(
            100 + number, product_id=3, delivered_on=day, replaces=replace(unit, replaced_on=day)
        )

    (end,) = ends(unit, policy)

    assert end is not None
    assert add_months(start, months) <= end <= bound


@given(DAYS, st.none() | st.integers(0, 5000), st.permutations([1, 2, 3, 4, 5]))
def test_the_order_in_which_policies_are_kept_does_not_matter(
    on: date, meter: int | None, order: list[int]
):  # U5
    kept = {
        1: BASE,
        2: replace(BASE, id=2, kind="parts", months=60),
        3: replace(BASE, id=3, months=12, product_id=3, meter_limit=1000),
        4: replace(BASE, id=4, kind="goodwill", months=90),
        5: replace(BASE, id=5, kind="goodwill", months=80, region="DE"),
    }
    shuffled = [kept[number] for number in order]

    assert coverages(SAW, shuffled) == coverages(SAW, kept.values())
    assert answer_on(SAW, shuffled, failed_on=on, meter=meter) == answer_on(
        SAW, kept.values(), failed_on=on, meter=meter
    )


@given(DAYS, st.none() | DAYS, st.none() | DAYS, st.none() | DAYS)
def test_one_more_cover_beside_others_never_takes_cover_away(
    on: date, delivered: date | None, shipped: date | None, invoiced: date | None
):  # U5
    unit = replace(SAW, delivered_on=delivered, shipped_on=shipped, invoiced_on=invoiced)
    policy = replace(BASE, fallback_months=6, latest_start_months=12)
    more = replace(BASE, id=2, kind="recall", start="shipment", months=120)

    if answer_on(unit, [policy], failed_on=on).verdict == "covered":
        assert answer_on(unit, [policy, more], failed_on=on).verdict == "covered"


def test_lists_show_the_end_of_the_base_cover():  # U9
    parts = replace(BASE, id=2, kind="parts", months=36)

    assert cover_ends_on(coverages(SAW, [BASE, parts])) == date(2026, 1, 15)
    assert cover_ends_on(coverages(SAW, [parts])) is None
