"""What the lines of a warranty claim come to (W5)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.aftersales.claiming import LineDraft, Priced, Table, is_slow, priced, sums_of

AMOUNTS = st.integers(0, 10**9)
QUANTITIES = st.integers(1, 10**6).map(lambda thousandths: Decimal(thousandths).scaleb(-3))


def test_a_part_counts_its_table_price_unless_the_dealer_says_another():  # W5
    line = LineDraft("part", "T-1", quantity=Decimal(3))

    assert priced(line, Table(part_price=1050)) == Priced(1050, 3150, 3150)
    assert priced(LineDraft("part", quantity=Decimal(3), amount=2000), Table(part_price=1050)) == Priced(
        2000, 6000, 3150
    )
    assert priced(LineDraft("part", quantity=Decimal("2.5"), amount=333), Table()) == Priced(333, 833)
    assert priced(line, Table()) == Priced(0, 0)


@pytest.mark.parametrize(
    ("minutes", "claimed", "allowed"),
    [(45, 4500, 4500), (60, 6000, 6000), (90, 9000, 6000), (1, 100, 100), (0, 0, 0)],
)
def test_labour_counts_minutes_by_the_dealers_rate_of_the_hour(
    minutes: int, claimed: int, allowed: int
):  # W5
    line = LineDraft("labour", "L-1", minutes=minutes)

    assert priced(line, Table(minutes=60, rate=6000)) == Priced(6000, claimed, allowed, 60)
    assert is_slow(line, 60) == (minutes > 60)


def test_labour_without_a_table_counts_what_the_dealer_says():  # W5
    assert priced(LineDraft("labour", minutes=20, amount=5000), Table()) == Priced(5000, 1667)
    assert priced(LineDraft("labour", minutes=20, amount=9999), Table(rate=6000)) == Priced(6000, 2000)
    twice = LineDraft("labour", quantity=Decimal(2), minutes=130)
    assert priced(twice, Table(minutes=60, rate=6000)) == Priced(6000, 13000, 12000, 120)


@pytest.mark.parametrize("kind", ["external", "other"])
def test_other_work_counts_what_it_is_said_to(kind: str):  # W5
    assert priced(LineDraft(kind, amount=4711), Table(part_price=1, minutes=1, rate=1)) == Priced(4711, 4711)


@given(
    st.lists(
        st.tuples(st.sampled_from(["part", "labour", "other"]), AMOUNTS, QUANTITIES, AMOUNTS), max_size=12
    )
)
def test_sums_are_those_of_their_lines_and_no_more_is_allowed_than_claimed(rows: list):  # W5 O8
    lines = [
        priced(
            LineDraft(kind, quantity=quantity, minutes=amount % 1000, amount=amount),
            Table(part_price=table, minutes=table % 500, rate=table),
        )
        for kind, amount, quantity, table in rows
    ]

    sums = sums_of(lines)

    assert sums.claimed == sum(line.claimed for line in lines)
    assert 0 <= sums.allowed <= sums.claimed
    assert all(line.within <= line.claimed for line in lines)


@given(AMOUNTS, QUANTITIES, QUANTITIES)
def test_more_pieces_never_cost_less(amount: int, one: Decimal, other: Decimal):  # W5
    fewer, more = sorted((one, other))

    assert priced(LineDraft("part", quantity=fewer), Table(part_price=amount)).claimed <= (
        priced(LineDraft("part", quantity=more), Table(part_price=amount)).claimed
    )
