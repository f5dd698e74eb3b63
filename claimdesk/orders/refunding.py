"""What is given back for a quantity of a line, or of the freight, and in what form (O18): pure sums, no tables.

Each piece of a line bears its slice of the line's price and tax: the slices of all pieces add up to the whole,
however they are cut. A slice goes back first where it was invoiced: what is not paid there is credited, what is
paid is paid out. What no invoice asked for yet is never asked for; what was paid in advance for it is paid out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from claimdesk.kernel.money import round_half_up, share_out

CREDIT, PAYOUT = "credit", "payout"
NEVER, LAST, PRO_RATA = "never", "last", "pro_rata"


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a price, in minor units: `amount` holds its `tax`."""

    amount: int
    tax: int


@dataclass(frozen=True, slots=True)
class Room:
    """What can still be given back on one invoice: `left` of what it asked for the line."""

    invoice: int
    left: int


@dataclass(frozen=True, slots=True)
class Part:
    """What is given back in one form: credited on `invoice` (None: before any was written), or paid out."""

    kind: str
    invoice: int | None
    amount: int
    tax: int


@dataclass(slots=True)
class Till:
    """The money of an order: per invoice what is `open` and what is `paid` (and not paid out), and `advance`,
    what was paid before an invoice asked for it and is not needed for what is still to be invoiced.
    """

    open: dict[int, int] = field(default_factory=dict)
    paid: dict[int, int] = field(default_factory=dict)
    advance: int = 0


def slice_of(price: int, tax: int, whole: Decimal, *, after: Decimal, taken: Decimal) -> Slice:
    """Return the slice of `after` pieces of `whole`, where `taken` pieces had theirs before.

    Takes: `price`, of the whole line after discounts, that holds `tax`.
    """
    upto, start = Fraction(taken + after) / Fraction(whole), Fraction(taken) / Fraction(whole)
    return Slice(part_of(price, upto) - part_of(price, start), part_of(tax, upto) - part_of(tax, start))


def part_of(sum_: int, share: Fraction) -> int:
    """Return `share` of a sum, rounded by the one rule."""
    return round_half_up(sum_ * share)


def freight_share(policy: str, *, refunded: int, goods: int, is_all: bool, is_canceled: bool) -> Fraction:
    """Return which share of the freight has to be given back in all by now.

    Takes: `refunded` of the price of all `goods`; `is_all`, whether every piece was refunded or canceled;
    `is_canceled`, whether every piece was canceled, so that nothing was carried: then the freight goes back whatever
    the policy.
    """
    if is_canceled or (is_all and policy == LAST):
        return Fraction(1)
    if policy == PRO_RATA:
        return Fraction(refunded, goods) if goods else Fraction(int(is_all))
    return Fraction(0)


def give_back(share: Slice, rooms: Sequence[Room], till: Till) -> list[Part]:
    """Return in what parts `share` goes back, and take them out of `till`; the parts add up to the share."""
    drawn: list[tuple[str, int | None, int]] = []
    rest = share.amount
    for room in rooms:
        due = min(rest, room.left)
        credit = min(due, max(till.open.get(room.invoice, 0), 0))
        payout = min(due - credit, max(till.paid.get(room.invoice, 0), 0))
        till.open[room.invoice] = till.open.get(room.invoice, 0) - credit
        till.paid[room.invoice] = till.paid.get(room.invoice, 0) - payout
        drawn += [(CREDIT, room.invoice, credit), (PAYOUT, room.invoice, payout)]
        rest -= credit + payout
    payout = min(rest, max(till.advance, 0))
    till.advance -= payout
    drawn += [(PAYOUT, None, payout), (CREDIT, None, rest - payout)]
    kept = [each for each in drawn if each[2]]
    taxes = share_out(share.tax, [amount for _kind, _invoice, amount in kept])
    return [
        Part(kind, invoice, amount, tax) for (kind, invoice, amount), tax in zip(kept, taxes, strict=True)
    ]
