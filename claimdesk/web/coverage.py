"""Cover as pages show it: each policy with its sentences and a bar of time (U5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claimdesk.warranty.coverage import Coverage, Reason, reasons_on
from claimdesk.warranty.models import Policy, Unit
from claimdesk.warranty.queries.coverage import coverages_of
from claimdesk.warranty.wording import reason_words

WIDTH = 240.0
LEAST = 2.0


@dataclass(frozen=True, slots=True)
class TimeBar:
    """A stretch of time in pixels of a strip of WIDTH, and where today is on it."""

    x: float
    width: float
    today: float


@dataclass(frozen=True, slots=True)
class ShownCover:
    """What one policy gives: whether it holds today, why or why not, and its bar where its days are known."""

    name: str
    kind: str
    holds: bool
    starts_on: date | None
    ends_on: date | None
    sentences: tuple[str, ...]
    bar: TimeBar | None


def shown_covers(unit: Unit, *, on: date) -> list[ShownCover]:
    """Return what covers a unit, as of a day; all bars stand on one scale."""
    found = coverages_of(unit)
    days = [day for each in found for day in (each.starts_on, each.ends_on) if day is not None]
    first, last = min([*days, on]), max([*days, on])
    kinds = dict(Policy.Kind.choices)
    return [
        ShownCover(
            each.policy.name,
            str(kinds[each.policy.kind]),
            each.holds_on(on),
            each.starts_on,
            each.ends_on,
            words_of(each, on=on),
            _bar(each, first, last, on),
        )
        for each in found
    ]


def words_of(coverage: Coverage, *, on: date) -> tuple[str, ...]:
    """Return why one coverage holds on a day, or why not, as sentences."""
    return sentences(reasons_on(coverage, failed_on=on))


def sentences(reasons: Sequence[Reason]) -> tuple[str, ...]:
    """Return reasons as sentences in the reader's language."""
    return tuple(reason_words(each.code, each.values) for each in reasons)


def _bar(coverage: Coverage, first: date, last: date, on: date) -> TimeBar | None:
    if coverage.starts_on is None or coverage.ends_on is None or coverage.ends_on < coverage.starts_on:
        return None
    scale = WIDTH / ((last - first).days + 1)
    width = ((coverage.ends_on - coverage.starts_on).days + 1) * scale
    return TimeBar(
        round((coverage.starts_on - first).days * scale, 1),
        round(max(width, LEAST), 1),
        round(((on - first).days + 0.5) * scale, 1),
    )
