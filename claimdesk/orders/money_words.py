"""Sums as history keeps them: a number and its currency, in no language."""

from claimdesk.kernel.money import to_decimal


def plain_sum(amount: int, currency: str) -> str:
    """Return minor units as “119.00 EUR”."""
    return f"{to_decimal(amount, currency):f} {currency}"
