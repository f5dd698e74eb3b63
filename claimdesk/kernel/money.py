"""Money: whole minor units (cents) of a currency, and the one rule by which anything is rounded (O8).

Discounts and tax rates are in basis points (1 % = 100). Half a minor unit is rounded up, away from zero.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache, lru_cache

from babel.core import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision, list_currencies

WHOLE = 10_000
NET, GROSS = "net", "gross"
# Source: ISO 4217, list one. Babel tells the decimals in daily use, which are others for these.
DIGITS = {"IQD": 3} | dict.fromkeys(
    ("AFN", "ALL", "IRR", "KPW", "LAK", "LBP", "MGA", "MMK", "RSD", "SLL", "SOS", "SYP", "YER"), 2
)
LARGEST = 10**15


@cache
def digits_of(currency: str) -> int:
    """Return how many decimals `currency` (ISO 4217) has: 2 for EUR, 0 for JPY, 3 for KWD."""
    return DIGITS.get(currency, get_currency_precision(currency))


def is_currency(code: str) -> bool:
    """Tell whether `code` is a currency of ISO 4217."""
    return code in list_currencies()


def round_half_up(value: Fraction | Decimal | int) -> int:
    """Return the nearest whole number; of two, the one further from zero."""
    return _rounded(*value.as_integer_ratio())


def _rounded(numerator: int, denominator: int) -> int:
    """Return the quotient rounded half up; whole numbers, for an import asks this a hundred thousand times."""
    nearest = (2 * abs(numerator) + denominator) // (2 * denominator)
    return nearest if numerator >= 0 else -nearest


def line_amount(unit_price: int, quantity: Decimal, *, per: int = 1, discount: int = 0) -> int:
    """Return unit price × quantity × (1 − discount), rounded once (O8).

    Takes: `unit_price` in minor units for `per` units (screws are sold per 100); `discount` in basis points.
    """
    pieces, of = quantity.as_integer_ratio()
    return _rounded(unit_price * pieces * (WHOLE - discount), of * per * WHOLE)


def tax_of(amount: int, rate: int, mode: str) -> int:
    """Return the tax on `amount` (net mode) or inside it (gross mode), in minor units, rounded once."""
    if mode == NET:
        return _rounded(amount * rate, WHOLE)
    return _rounded(amount * rate, WHOLE + rate)


def share_out(total: int, weights: Sequence[int | Fraction | Decimal]) -> list[int]:
    """Return whole parts of `total` in proportion to `weights` (none negative), that add up to it exactly.

    Each running sum is rounded, so no part is more than one minor unit away from its exact share.
    """
    exact = [Fraction(weight) for weight in weights]
    whole = sum(exact)
    if not whole:
        exact, whole = [Fraction(1)] * len(exact), Fraction(len(exact))
    parts: list[int] = []
    running, given = Fraction(0), 0
    for weight in exact:
        running += weight
        upto = round_half_up(total * running / whole)
        parts.append(upto - given)
        given = upto
    return parts


def to_decimal(amount: int, currency: str) -> Decimal:
    """Return minor units as a number of the currency: 1234 EUR is 12.34."""
    return Decimal(amount).scaleb(-digits_of(currency))


def parse_amount(text: str, currency: str) -> int:
    """Return minor units of an amount as written in files and forms: `12.34`, `12,34`, `1 234.5`.

    Raises: ValueError for what is no number, has more decimals than the currency, or is beyond 10^15 minor units.
    """
    plain = text.strip().replace("\u00a0", "").replace(" ", "").replace("'", "")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount") from None
    if not value.is_finite():
        raise ValueError(f"{text!r} is no amount")
    minor = value.scaleb(digits_of(currency)) if abs(value) < LARGEST else Decimal(LARGEST)
    if minor != minor.to_integral_value():
        raise ValueError(f"{text!r} has more decimals than {currency} has")
    if abs(minor) >= LARGEST:
        raise ValueError(f"{text!r} is too large")
    return int(minor)


def format_amount(amount: int, currency: str, language: str = "en") -> str:
    """Return minor units as the language writes them: “€12.34”, “12,34 €”."""
    value = to_decimal(amount, currency)
    locale = _locale(language)
    if currency in DIGITS:
        pattern = replace_digits(locale.currency_formats["standard"].pattern, DIGITS[currency])
        return format_currency(value, currency, format=pattern, locale=locale, currency_digits=False)
    return format_currency(value, currency, locale=locale)


def replace_digits(pattern: str, digits: int) -> str:
    """Return a number pattern of CLDR with that many decimals."""
    return re.sub(r"0(\.0+)?(?!.*0)", "0" + ("." + "0" * digits if digits else ""), pattern)


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
