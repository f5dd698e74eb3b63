"""What is given back for a quantity of a line, or of the freight, and in what form (O18): pure sums, no tables.

Each piece bears its slice of the line's price and tax: the slices of all pieces add up to the whole, however they
are cut. A slice goes back where it was invoiced: what is not paid there is credited, what is paid is paid out. What
no invoice asked for yet is never asked for; what was paid in advance for it is paid out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from claimdesk.kernel.money import round_half_up, share_out

CREDIT, PAYOUT = "credit", "payout"
NEVER, LAST, PRO_RATA = "never", "last", "pro_rata"
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a price, in minor units: `amount` holds its `tax`."""

    amount: int = 0
    tax: int = 0

    def __add__(self, other: "Slice") -> "Slice":
        return Slice(self.amount + other.amount, self.tax + other.tax)

    def __sub__(self, other: "Slice") -> "Slice":
        return Slice(self.amount - other.amount, self.tax - other.tax)

    def between(self, low: "Slice", high: "Slice") -> "Slice":
        """Return this slice, no less than `low` and no more than `high` in amount and tax."""
        return Slice(min(max(self.amount, low.amount), high.amount), min(max(self.tax, low.tax), high.tax))


NO_MONEY = Slice()


@dataclass(frozen=True, slots=True)
class Account:
    """A line's price for `ordered` pieces, and of it what was invoiced and what was given back so far."""

    ordered: Decimal
    price: Slice
    invoiced_quantity: Decimal = NOTHING
    refunded_quantity: Decimal = NOTHING
    invoiced: Slice = NO_MONEY
    refunded: Slice = NO_MONEY

    def price_of(self, quantity: Decimal) -> Slice:
        """Return the price of the first `quantity` pieces."""
        share = Fraction(quantity) / Fraction(self.ordered)
        return Slice(round_half_up(self.price.amount * share), round_half_up(self.price.tax * share))

    @property
    def uninvoiced(self) -> Decimal:
        """The quantity that no invoice asked for and that was not given up."""
        return self.ordered - self.invoiced_quantity


def invoice(account: Account, quantity: Decimal) -> tuple[Slice, Account]:
    """Return what `quantity` more pieces are invoiced at, and the account afterwards."""
    upto = account.invoiced_quantity + quantity
    asked = account.price_of(upto).between(account.invoiced, account.price) - account.invoiced
    return asked, replace(account, invoiced_quantity=upto, invoiced=account.invoiced + asked)


def refund(account: Account, quantity: Decimal, *, is_canceled: bool = False) -> tuple[Slice, Slice, Account]:
    """Return what goes back for `quantity` more pieces: of what was invoiced, of what was not; and the account then.

    What is returned was invoiced first; what is canceled (`is_canceled`) was not, as far as any was not.
    """
    refunded = account.refunded_quantity + quantity
    if is_canceled:
        unasked = min(quantity, account.uninvoiced)
    else:
        unasked = max(refunded - account.invoiced_quantity, NOTHING)
    given_up, after = invoice(account, unasked) if unasked else (NO_MONEY, account)
    room = account.invoiced - account.refunded
    if refunded == after.invoiced_quantity:
        asked = room
    elif unasked == quantity:
        asked = NO_MONEY
    else:
        asked = (account.price_of(refunded) - given_up - account.refunded).between(NO_MONEY, room)
    back = asked + given_up
    return asked, given_up, replace(after, refunded_quantity=refunded, refunded=account.refunded + back)


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


def refund_freight(freight: Account, share: Fraction) -> tuple[Slice, Slice, Account]:
    """Return what goes back so that `share` of the freight is back: of what was invoiced, of what was not; and then."""
    upto = Slice(round_half_up(freight.price.amount * share), round_half_up(freight.price.tax * share))
    refunded = upto.between(freight.refunded, freight.price)
    invoiced = refunded.between(freight.invoiced, freight.price)
    given_up = invoiced - freight.invoiced
    asked = refunded - freight.refunded - given_up
    return asked, given_up, replace(freight, refunded=refunded, invoiced=invoiced)


def taken_without_lines(given_up: int, *, uninvoiced: int, without_lines: int, is_canceled: bool) -> int:
    """Return how much of what is `given_up` goes back on invoices without lines.

    Nobody knows for which goods these asked. What is returned was asked for by them; what is canceled was not, as far
    as the order comes to more than they and other invoices ask.

    Takes: sums before it is given up: `uninvoiced`, of which no invoice with lines asked, and `without_lines`, what
    invoices without lines ask of that.
    """
    never_asked = max(uninvoiced - without_lines, 0) if is_canceled else 0
    return min(max(given_up - never_asked, 0), without_lines)


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

    def limit(self, invoices: Iterable[int], most: int) -> None:
        """Have no more than `most` taken on `invoices` together, the first ones first."""
        for key in invoices:
            self.open[key] = min(max(self.open.get(key, 0), 0), most)
            self.paid[key] = min(max(self.paid.get(key, 0), 0), most - self.open[key])
            most -= self.open[key] + self.paid[key]


def give_back(share: Slice, rooms: Sequence[Room], till: Till, *, from_advance: bool = False) -> list[Part]:
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
    payout = min(rest, max(till.advance, 0)) if from_advance else 0
    till.advance -= payout
    drawn += [(PAYOUT, None, payout), (CREDIT, None, rest - payout)]
    kept = [each for each in drawn if each[2]]
    taxes = share_out(share.tax, [amount for _kind, _invoice, amount in kept])
    return [
        Part(kind, invoice, amount, tax) for (kind, invoice, amount), tax in zip(kept, taxes, strict=True)
    ]
