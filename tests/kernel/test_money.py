"""Money is exact: parts always add up, and there is one rule of rounding (O8)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.kernel.money import (
    GROSS,
    NET,
    digits_of,
    format_amount,
    is_currency,
    line_amount,
    parse_amount,
    round_half_up,
    share_out,
    tax_of,
    to_decimal,
)

amounts = st.integers(0, 10**12)
rates = st.integers(0, 10_000)
quantities = st.decimals(Decimal("0.001"), Decimal(100_000), places=3)
currencies = st.sampled_from(["EUR", "USD", "JPY", "KWD", "RSD", "CHF"])


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("2.4999", 2), ("-0.5", -1), ("-2.5", -3), ("-2.4", -2), ("0", 0)],
)
def test_a_half_is_rounded_up_and_away_from_zero(value: str, expected: int):  # O8
    assert round_half_up(Decimal(value)) == expected


@given(st.fractions(-(10**9), 10**9))
def test_rounding_moves_by_half_a_unit_at_most_and_is_symmetric(value: Fraction):  # O8
    assert abs(round_half_up(value) - value) <= Fraction(1, 2)
    assert round_half_up(-value) == -round_half_up(value)


def test_a_line_is_price_times_quantity_less_discount_rounded_once():  # O8
    assert line_amount(333, Decimal("1.5")) == 500
    assert line_amount(999, Decimal(3), discount=1_250) == 2_622
    assert line_amount(489, Decimal(250), per=100) == 1_223
    assert line_amount(100, Decimal(1), discount=10_000) == 0


@given(amounts, quantities, rates, st.sampled_from([1, 10, 100, 1000]))
def test_a_line_is_never_half_a_unit_away_from_the_exact_amount(  # O8
    price: int, quantity: Decimal, discount: int, per: int
):
    exact = Fraction(price) * Fraction(quantity) * (10_000 - discount) / 10_000 / per

    assert abs(line_amount(price, quantity, per=per, discount=discount) - exact) <= Fraction(1, 2)


def test_tax_is_on_top_or_inside():  # O8
    assert tax_of(1_000, 1_900, NET) == 190
    assert tax_of(1_190, 1_900, GROSS) == 190
    assert tax_of(1_000, 0, NET) == tax_of(1_000, 0, GROSS) == 0


@given(amounts, rates)
def test_gross_less_its_tax_and_taxed_again_is_gross_within_a_unit(gross: int, rate: int):  # O8
    net = gross - tax_of(gross, rate, GROSS)

    assert abs(net + tax_of(net, rate, NET) - gross) <= 1


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_parts_add_up_and_none_is_a_unit_away_from_its_share(total: int, weights: list[int]):  # O8 O18
    parts = share_out(total, weights)

    whole = sum(weights)
    assert sum(parts) == total
    if whole:
        assert all(
            abs(part - Fraction(total * weight, whole)) <= 1
            for part, weight in zip(parts, weights, strict=True)
        )
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@given(st.integers(0, 10**9), st.integers(1, 10**6), st.lists(st.integers(1, 50), min_size=1, max_size=10))
def test_what_is_given_back_piece_by_piece_is_all_of_it_and_never_more(  # O18
    amount: int, quantity: int, pieces: list[int]
):
    rest = max(quantity - sum(pieces), 0)

    parts = share_out(amount, [*pieces, rest])

    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)


def test_currencies_have_the_decimals_of_the_standard():  # O8
    assert [digits_of(code) for code in ("EUR", "JPY", "KWD", "RSD", "CLP", "BHD")] == [2, 0, 3, 2, 0, 3]
    assert is_currency("CHF")
    assert not is_currency("XXQ")


@given(st.integers(-(10**12), 10**12), currencies)
def test_an_amount_is_read_as_it_was_written(amount: int, currency: str):  # O8
    assert parse_amount(str(to_decimal(amount, currency)), currency) == amount


@pytest.mark.parametrize(
    ("text", "minor"),
    [("12", 1200), ("12.3", 1230), ("12,34", 1234), ("1 234.50", 123_450), ("-0.01", -1), ("1'000", 100_000)],
)
def test_amounts_are_read_as_people_write_them(text: str, minor: int):
    assert parse_amount(text, "EUR") == minor


@pytest.mark.parametrize(
    "text", ["", "abc", "1.234", "NaN", "Infinity", "1e99", "1.2.3", "12 €", "=1+1", "1,2,3"]
)
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(ValueError, match="amount|decimals|large"):  # noqa: RUF043 - one of three words
        parse_amount(text, "EUR")


def test_amounts_are_shown_in_the_reader_s_language():
    assert format_amount(123_456, "EUR", "en") == "€1,234.56"
    assert format_amount(123_456, "EUR", "de").replace("\xa0", " ") == "1.234,56 €"
    assert format_amount(1_234, "JPY", "en") == "¥1,234"
    assert format_amount(1_234, "KWD", "en") == "KWD1.234"
    assert format_amount(123_456, "RSD", "en") == "RSD1,234.56"
    assert format_amount(100, "EUR", "xx") == "€1.00"
