"""Which of a product's prices holds: the rule itself, without a table (O7).

A price holds from its quantity on. Of the same one's prices from the same quantity, the one that began last holds. Of
all that hold, the lowest is taken; so whoever buys more never pays more apiece.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from claimdesk.kernel.money import WHOLE, line_amount

Whose = Literal["customer", "group", "list"]
# Of two that cost the same, the one that was made for the customer is named.
_NEAREST: dict[Whose, int] = {"customer": 0, "group": 1, "list": 2}


class PriceRow(NamedTuple):
    """A row of the price list that is valid on the day and meant for the customer."""

    whose: Whose
    quantity_from: Decimal
    amount: int
    per: int
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PriceOffer:
    """What a product costs somebody: minor units of `currency` for `per` units, less `discount` basis points.

    `reason` is JSON: codes and values of which `catalog.wording.price_reason` makes a sentence.
    """

    unit_price: int
    per: int
    discount: int
    currency: str
    reason: dict[str, str | int]

    def amount(self, quantity: Decimal) -> int:
        """Return what that many cost, in minor units, rounded once (O8)."""
        return line_amount(self.unit_price, quantity, per=self.per, discount=self.discount)


def best_offer(
    rows: Iterable[PriceRow], quantity: Decimal, *, currency: str, discount: int = 0, group: str = ""
) -> PriceOffer | None:
    """Return the lowest of the prices that hold for `quantity`, or None where none does.

    Takes: `discount` of the customer, in basis points; it lowers list and group prices, never the customer's own.
    """
    holding: dict[tuple[Whose, Decimal], PriceRow] = {}
    for row in rows:
        if row.quantity_from <= quantity:
            rival = holding.setdefault((row.whose, row.quantity_from), row)
            if (row.starts_on or date.min) > (rival.starts_on or date.min):
                holding[row.whose, row.quantity_from] = row
    if not holding:
        return None

    def rank(row: PriceRow) -> tuple[Fraction, int, Decimal]:
        exact = Fraction(row.amount * (WHOLE - _discount_on(row, discount)), row.per)
        return exact, _NEAREST[row.whose], row.quantity_from

    best = min(holding.values(), key=rank)
    return _offer(best, currency=currency, discount=_discount_on(best, discount), group=group)


def _discount_on(row: PriceRow, discount: int) -> int:
    return 0 if row.whose == "customer" else discount


def _offer(row: PriceRow, *, currency: str, discount: int, group: str) -> PriceOffer:
    reason: dict[str, str | int] = {"whose": row.whose}
    if row.whose == "group":
        reason["group"] = group
    if row.quantity_from > 1:
        reason["quantity_from"] = f"{row.quantity_from.normalize():f}"
    if row.ends_on:
        reason["ends_on"] = row.ends_on.isoformat()
    if discount:
        reason["discount"] = discount
    return PriceOffer(row.amount, row.per, discount, currency, reason)
