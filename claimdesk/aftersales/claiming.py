"""What the lines of a warranty claim come to: the arithmetic itself, without a table (W5, O8).

A part counts quantity × price, labour minutes × rate of the hour, each rounded once; other work counts what it is said
to. What the dated tables give is kept beside what is claimed and caps nothing: an agent decides (W9).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from claimdesk.kernel.money import line_amount

MINUTES_AN_HOUR = 60
PART, LABOUR = "part", "labour"


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as the dealer types it. `amount` is his price apiece, or what other work cost; in minor units."""

    kind: str
    number: str = ""
    description: str = ""
    quantity: Decimal = Decimal(1)
    minutes: int | None = None
    amount: int | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class JobDraft:
    """One repair as the dealer types it (W5)."""

    failed_on: date | None = None
    complaint: str = ""
    cause: str = ""
    correction: str = ""
    meter: int | None = None
    causal_part: str = ""
    lines: tuple[LineDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """What the dated tables say of a line on its day: a part's price, an operation's minutes, the dealer's rate."""

    part_price: int | None = None
    minutes: int | None = None
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """What a line comes to, in minor units; `allowed` is None where no table speaks of it."""

    unit_price: int
    claimed: int
    allowed: int | None = None
    allowed_minutes: int | None = None

    @property
    def within(self) -> int:
        """What of the claimed the tables allow."""
        return self.claimed if self.allowed is None else min(self.claimed, self.allowed)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a claim comes to."""

    claimed: int = 0
    allowed: int = 0
    lines: list[Priced] = field(default_factory=list)


def priced(line: LineDraft, table: Table) -> Priced:
    """Return what a line comes to by the tables of its day."""
    if line.kind == PART:
        return _priced_part(line, table)
    if line.kind == LABOUR:
        return _priced_labour(line, table)
    amount = line.amount or 0
    return Priced(unit_price=amount, claimed=amount)


def sums_of(lines: Iterable[Priced]) -> Sums:
    """Return the sums of lines; parts always add up to them."""
    kept = list(lines)
    return Sums(sum(line.claimed for line in kept), sum(line.within for line in kept), kept)


def is_slow(line: LineDraft, allowed_minutes: int | None) -> bool:
    """Tell whether labour took longer than the table gives, which wants an explanation (W4)."""
    return line.kind == LABOUR and allowed_minutes is not None and (line.minutes or 0) > allowed_minutes


def _priced_part(line: LineDraft, table: Table) -> Priced:
    price = line.amount if line.amount is not None else table.part_price or 0
    allowed = None if table.part_price is None else line_amount(table.part_price, line.quantity)
    return Priced(price, line_amount(price, line.quantity), allowed)


def _priced_labour(line: LineDraft, table: Table) -> Priced:
    rate = table.rate if table.rate is not None else line.amount or 0
    minutes = line.minutes or 0
    claimed = line_amount(rate, Decimal(minutes), per=MINUTES_AN_HOUR)
    if table.minutes is None:
        return Priced(rate, claimed)
    standard = int(table.minutes * line.quantity)
    allowed = line_amount(rate, Decimal(min(minutes, standard)), per=MINUTES_AN_HOUR)
    return Priced(rate, claimed, allowed, standard)
