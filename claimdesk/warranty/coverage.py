"""What is covered, from when until when, and why: the rule itself, without a table (U5, U7).

A policy says for which units it is meant, from which day it counts and for how long. Of a kind that stands alone, the
policy that is meant most narrowly holds; goodwill and recalls all hold, beside the others. The last day is included.
A replacement takes over what is left of the cover of the first unit of its chain, never a fresh one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from claimdesk.warranty.months import add_months

Kind = Literal["base", "parts", "extended", "goodwill", "recall"]
Start = Literal["delivery", "invoice", "shipment"]
Source = Literal["delivery", "invoice", "shipment", "fallback", "latest"]
# In this order coverages are named where several hold; what stands beside others comes last.
KINDS: tuple[Kind, ...] = ("base", "parts", "extended", "goodwill", "recall")
BESIDE_OTHERS: frozenset[Kind] = frozenset({"goodwill", "recall"})


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """One policy. Without product, category or unit it is meant for all of them; without region for all regions.

    Cover counts from the day of `start`. Where that is not on file it begins `fallback_months` after shipment, if the
    policy says so; and at the latest `latest_start_months` after shipment, however late the day of `start` is.
    `offered_from_on` and `offered_until_on` bound the days on which cover may begin. A replacement is covered for
    `carry_over_months` from its day at least, which may pass the end of the first cover by as much and no more.
    """

    id: int
    name: str
    kind: Kind
    months: int
    start: Start = "delivery"
    fallback_months: int | None = None
    latest_start_months: int | None = None
    product_id: int | None = None
    category_id: int | None = None
    unit_id: int | None = None
    region: str = ""
    meter_limit: int | None = None
    carry_over_months: int = 0
    offered_from_on: date | None = None
    offered_until_on: date | None = None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is on file about a unit, its category's ancestors nearest first.

    `replaced_on` is the day on which another took its place, `replaces` the one whose place it took.
    """

    id: int
    product_id: int
    category_ids: tuple[int, ...] = ()
    region: str = ""
    shipped_on: date | None = None
    invoiced_on: date | None = None
    delivered_on: date | None = None
    replaced_on: date | None = None
    replaces: "UnitFacts | None" = None

    def day_of(self, start: Start) -> date | None:
        days = {"delivery": self.delivered_on, "invoice": self.invoiced_on, "shipment": self.shipped_on}
        return days[start]

    @property
    def chain(self) -> "tuple[UnitFacts, ...]":
        """The units whose place this one took, the first one first, and itself."""
        return (*(self.replaces.chain if self.replaces else ()), self)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one policy gives one unit: both days included. Without days it waits for the day of `policy.start`."""

    policy: PolicyFacts
    starts_on: date | None
    ends_on: date | None
    source: Source | None
    is_carried_over: bool = False

    def holds_on(self, day: date) -> bool:
        return (
            self.starts_on is not None and self.ends_on is not None and self.starts_on <= day <= self.ends_on
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and its JSON values, of which `warranty.wording.reason_words` makes a sentence."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)


Verdict = Literal["unknown_serial", "not_registered", "out_of_warranty", "covered"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a unit was covered on a day, by what, and why (not)."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    coverage: Coverage | None = None


def coverages(unit: UnitFacts, policies: Iterable[PolicyFacts]) -> list[Coverage]:
    """Return what the policies give the unit, by kind and then by their ends, what waits for a day last."""
    found: dict[tuple[Kind, int], tuple[tuple[int, int, date], Coverage]] = {}
    for policy in policies:
        nearness = _nearness(policy, unit)
        if nearness is None:
            continue
        coverage = _coverage(policy, unit)
        if not _may_begin(policy, coverage, unit):
            continue
        rank = (*nearness, policy.offered_from_on or date.min)
        key = (policy.kind, policy.id if policy.kind in BESIDE_OTHERS else 0)
        if key not in found or rank > found[key][0]:
            found[key] = (rank, coverage)
    return sorted((coverage for _rank, coverage in found.values()), key=_order)


def answer_on(
    unit: UnitFacts | None, policies: Iterable[PolicyFacts], *, failed_on: date, meter: int | None = None
) -> Answer:
    """Return whether a failure on that day is covered, the three ways in which it is not told apart.

    Takes: `unit` as None where the serial number is not on file; `meter` in the units that policies count in.
    """
    if unit is None:
        return Answer("unknown_serial", (Reason("unknown_serial"),))
    given = coverages(unit, policies)
    refusals = [(coverage, _refusal(coverage, failed_on, meter)) for coverage in given]
    for coverage, refusal in refusals:
        if refusal is None:
            return Answer("covered", tuple(_why(coverage, meter)), coverage)
    reasons = tuple(reason for _coverage, reason in refusals if reason) or (Reason("no_policy"),)
    waits = any(coverage.starts_on is None and coverage.policy.start == "delivery" for coverage in given)
    return Answer("not_registered" if waits else "out_of_warranty", (*reasons, *_gave_way(unit)))


def reasons_on(coverage: Coverage, *, failed_on: date, meter: int | None = None) -> tuple[Reason, ...]:
    """Return whether one coverage holds on a day, or why not, and from where it counts."""
    refusal = _refusal(coverage, failed_on, meter)
    if refusal is None:
        return tuple(_why(coverage, meter))
    return (refusal, *([_counted(coverage)] if coverage.starts_on else []))


def cover_ends_on(given: Sequence[Coverage]) -> date | None:
    """Return the last day of the base cover, as lists show it."""
    return max((each.ends_on for each in given if each.policy.kind == "base" and each.ends_on), default=None)


def _nearness(policy: PolicyFacts, unit: UnitFacts) -> tuple[int, int] | None:
    """How narrowly the policy is meant for the unit, more is nearer; None where it is not meant for it.

    What holds for a chain of replacements is what held for its first unit.
    """
    first = unit.chain[0]
    if policy.region not in ("", first.region):
        return None
    regional = int(bool(policy.region))
    if policy.unit_id is not None:
        return (len(first.category_ids) + 3, regional) if policy.unit_id in _ids(unit) else None
    if policy.product_id is not None:
        return (len(first.category_ids) + 2, regional) if policy.product_id == first.product_id else None
    if policy.category_id is not None:
        if policy.category_id not in first.category_ids:
            return None
        return len(first.category_ids) - first.category_ids.index(policy.category_id), regional
    return 0, regional


def _ids(unit: UnitFacts) -> set[int]:
    return {each.id for each in unit.chain}


def _begin(policy: PolicyFacts, unit: UnitFacts) -> tuple[date | None, Source | None]:
    """The day from which the policy counts for the chain of the unit, and where it comes from.

    Where a unit was replaced before it was delivered, the delivery of its successor is the chain's.
    """
    shipped_on = _first(unit.chain, "shipment")
    day = _first(unit.chain, policy.start)
    if day is None:
        if policy.fallback_months is None or shipped_on is None:
            return None, None
        return add_months(shipped_on, policy.fallback_months), "fallback"
    if policy.latest_start_months is not None and shipped_on is not None:
        latest = add_months(shipped_on, policy.latest_start_months)
        if day > latest:
            return latest, "latest"
    return day, policy.start


def _first(chain: Sequence[UnitFacts], start: Start) -> date | None:
    return next((day for unit in chain if (day := unit.day_of(start)) is not None), None)


def _coverage(policy: PolicyFacts, unit: UnitFacts) -> Coverage:
    begun, source = _begin(policy, unit)
    if begun is None:
        return Coverage(policy, None, None, None)
    first_end = add_months(begun, policy.months)
    coverage = Coverage(policy, begun, first_end, source)
    for before in unit.chain[:-1]:
        coverage = _carried_over(coverage, first_end, before.replaced_on)
    return _cut_short(coverage, unit.replaced_on)


def _carried_over(coverage: Coverage, first_end: date, replaced_on: date | None) -> Coverage:
    """The cover of the one that took the place. One that took it after the end takes over what had ended."""
    if replaced_on is None or coverage.ends_on is None or coverage.starts_on is None:
        return coverage
    end, months = coverage.ends_on, coverage.policy.carry_over_months
    if months and replaced_on <= end:
        end = max(end, min(add_months(replaced_on, months), add_months(first_end, months)))
    return replace(
        coverage, starts_on=max(replaced_on, coverage.starts_on), ends_on=end, is_carried_over=True
    )


def _cut_short(coverage: Coverage, replaced_on: date | None) -> Coverage:
    """A unit that gave way is covered until the day on which it did."""
    if replaced_on is None or coverage.ends_on is None or replaced_on >= coverage.ends_on:
        return coverage
    return replace(coverage, ends_on=replaced_on)


def _may_begin(policy: PolicyFacts, coverage: Coverage, unit: UnitFacts) -> bool:
    """Whether cover began while the policy was offered; one that waits for its day may still."""
    begun = _begin(policy, unit)[0] if coverage.starts_on else None
    if begun is None:
        return True
    return (policy.offered_from_on or date.min) <= begun <= (policy.offered_until_on or date.max)


def _order(coverage: Coverage) -> tuple[int, bool, int, int]:
    end = coverage.ends_on
    return KINDS.index(coverage.policy.kind), end is None, -(end or date.min).toordinal(), coverage.policy.id


def _refusal(coverage: Coverage, failed_on: date, meter: int | None) -> Reason | None:
    policy, starts_on, ends_on = coverage.policy, coverage.starts_on, coverage.ends_on
    named: dict[str, str | int] = {"policy": policy.name, "kind": policy.kind}
    if starts_on is None or ends_on is None:
        return Reason("start_unknown", {**named, "start": policy.start})
    if ends_on < starts_on:
        return Reason("nothing_left", {**named, "ends_on": ends_on.isoformat()})
    if failed_on < starts_on:
        return Reason("begins_later", {**named, "starts_on": starts_on.isoformat()})
    if failed_on > ends_on:
        return Reason("ended", {**named, "ends_on": ends_on.isoformat()})
    if policy.meter_limit is not None and meter is not None and meter > policy.meter_limit:
        return Reason("meter_over", {**named, "limit": policy.meter_limit, "meter": meter})
    return None


def _why(coverage: Coverage, meter: int | None) -> Iterator[Reason]:
    policy = coverage.policy
    if coverage.ends_on is None:
        raise ValueError("what waits for a day covers nothing")
    named: dict[str, str | int] = {"policy": policy.name, "kind": policy.kind}
    yield Reason("covered", {**named, "ends_on": coverage.ends_on.isoformat()})
    yield _counted(coverage)
    if policy.meter_limit is not None and meter is None:
        yield Reason("meter_unknown", {"limit": policy.meter_limit})


def _counted(coverage: Coverage) -> Reason:
    """From which day it counts, and where that day comes from."""
    policy = coverage.policy
    if coverage.starts_on is None or coverage.source is None:
        raise ValueError("what waits for a day does not count yet")
    starts_on = coverage.starts_on.isoformat()
    if coverage.is_carried_over:
        return Reason("carried_over", {"starts_on": starts_on})
    months = {"fallback": policy.fallback_months, "latest": policy.latest_start_months}.get(coverage.source)
    values: dict[str, str | int] = {"starts_on": starts_on, "months": policy.months}
    return Reason(f"from_{coverage.source}", values if months is None else {**values, "after": months})


def _gave_way(unit: UnitFacts) -> Iterator[Reason]:
    if unit.replaced_on is not None:
        yield Reason("replaced", {"replaced_on": unit.replaced_on.isoformat()})
