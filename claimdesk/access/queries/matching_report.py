"""How well newcomers are recognised: what clerks decided beside what the matcher had said (A31, A43)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median_low
from typing import Any

from django.db.models import F, Q
from django.utils.timezone import get_current_timezone

from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.access.queries.onboarding import is_enough
from claimdesk.company.models import Company
from claimdesk.customers.matching.certain import is_backed
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.queries.timeline import latest_events

# From where a band reaches, in percent; the last one ends at a hundred.
BANDS = (0, 50, 70, 90, 97, 99)
LIMITS = tuple(zip(BANDS, (*BANDS[1:], 100), strict=True))
THRESHOLDS = (70, 75, 80, 85, 90, 93, 95, 97, 98, 99, 100)
MOST = 5_000
MOST_WRONG = 50
Decision = AccountClaim.Decision
DAY = timedelta(days=1)
UNDONE = "account_claim.undone"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided account claim: what the matcher had said, and what became of it.

    `is_right`: access was given to the customer whom the matcher held likeliest. `held` is the evidence of A9 on the
    day of the claim.
    """

    pk: int
    probability: float
    is_ambiguous: bool
    outcome: str
    is_right: bool
    waited: timedelta
    held: str
    is_backed: bool


@dataclass(slots=True)
class Band:
    """The claims of which the matcher had said from `low` to `high` percent."""

    low: int
    high: int
    said: float = 0.0
    decided: int = 0
    right: int = 0
    waits: list[timedelta] = field(default_factory=list)

    @property
    def mean(self) -> float:
        """What was said on average, from 0 to 1."""
        return self.said / self.decided if self.decided else 0.0

    @property
    def share(self) -> float:
        """How many of those were right, from 0 to 1."""
        return self.right / self.decided if self.decided else 0.0

    @property
    def wait(self) -> timedelta | None:
        """The time that half of them waited at most."""
        return median_low(self.waits) if self.waits else None


@dataclass(frozen=True, slots=True)
class Threshold:
    """What would have happened with automatic approval from `percent` on."""

    percent: int
    approved: int
    right: int
    of: int

    @property
    def wrong(self) -> int:
        return self.approved - self.right

    @property
    def precision(self) -> float | None:
        """How many of those let in were right, from 0 to 1; None where nobody would have been."""
        return self.right / self.approved if self.approved else None

    @property
    def share(self) -> float:
        """How many of all claims nobody would have had to look at, from 0 to 1."""
        return self.approved / self.of if self.of else 0.0


def decided_account_claims(actor: Actor, first: date, last: date) -> list[Decided]:
    """Return the account claims that staff decided from `first` to `last`, both included; the newest MOST."""
    rows = (
        account_claims(actor)
        .filter(decided_by_clerks(), decided_at__gte=_start(first), decided_at__lt=_start(last + DAY))
        .order_by("-decided_at", "-pk")
        .values_list(
            "pk", "probability", "is_ambiguous", "decision", "customer_id", "decided_customer_id", "candidates", "evidence",
            "created_at", "decided_at", F("user__onboarding__explanation"),
        )
    )  # fmt: skip
    return [_decided(*row) for row in rows[:MOST]]


def _decided(
    pk: int,
    probability: float,
    is_ambiguous: bool,
    decision: str,
    customer: int,
    decided_customer: int | None,
    candidates: list[dict[str, Any]],
    evidence: list[dict[str, Any]],
    created_at: datetime,
    decided_at: datetime,
    explanation: dict[str, Any] | None,
) -> Decided:
    outcome = decision
    if decision == Decision.OTHER_CUSTOMER:
        known = any(other.get("customer_id") == decided_customer for other in candidates)
        outcome = "other_candidate" if known else "not_among_them"
    is_own = bool(explanation and explanation.get("account_claim_id") == pk)
    held = str(explanation.get("evidence_held", "")) if explanation and is_own else ""
    return Decided(
        pk=pk,
        probability=probability,
        is_ambiguous=is_ambiguous,
        outcome=outcome,
        is_right=decision == Decision.APPROVED and decided_customer in (None, customer),
        waited=decided_at - created_at,
        held=held or Company.Evidence.NAME_ALONE,
        is_backed=is_backed((reason["code"], reason.get("weight", 0)) for reason in evidence),
    )


def decided_by_clerks() -> Q:
    """Return the condition that the matcher had said something and a clerk decided on it."""
    return ~Q(decision__in=(Decision.NONE, Decision.SETTLED)) & Q(is_proved=False)


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=get_current_timezone())


def pending_between(actor: Actor, first: date, last: date) -> int:
    """Return how many account claims of these days are still open."""
    made = account_claims(actor).filter(created_at__gte=_start(first), created_at__lt=_start(last + DAY))
    return made.filter(state=AccountClaim.State.PENDING, is_proved=False).count()


def undone_between(first: date, last: date) -> int:
    """Return how many decisions were taken back."""
    events = latest_events().filter(kind=UNDONE)
    return events.filter(happened_at__gte=_start(first), happened_at__lt=_start(last + DAY)).count()


def bands_of(decided: Iterable[Decided]) -> list[Band]:
    """Return the bands, the lowest first, with what was said and what was right."""
    bands = [Band(low, high) for low, high in LIMITS]
    for one in decided:
        band = next(band for band in reversed(bands) if one.probability * 100 >= band.low or band.low == 0)
        band.decided += 1
        band.said += one.probability
        band.right += one.is_right
        band.waits.append(one.waited)
    return bands


def outcomes_of(decided: Iterable[Decided]) -> dict[str, int]:
    """Return how often each outcome came."""
    counts = dict.fromkeys(
        (Decision.APPROVED, "other_candidate", "not_among_them", Decision.NEW_CUSTOMER, Decision.DENIED), 0
    )
    for one in decided:
        counts[Decision(one.outcome) if one.outcome in Decision.values else one.outcome] += 1
    return {str(outcome): count for outcome, count in counts.items()}


def let_in(decided: Iterable[Decided], percent: int, evidence: str) -> Iterator[Decided]:
    """Yield those whom automatic approval would have let in (A9, A32)."""
    for one in decided:
        is_certain = evidence == Company.Evidence.NAME_ALONE or (
            one.probability * 100 >= percent and one.is_backed
        )
        if is_certain and not one.is_ambiguous and is_enough(one.held, evidence):
            yield one


def threshold_of(decided: Sequence[Decided], percent: int, evidence: str) -> Threshold:
    """Return what would have happened with automatic approval from `percent` on."""
    approved = list(let_in(decided, percent, evidence))
    return Threshold(percent, len(approved), sum(one.is_right for one in approved), len(decided))


def wrong_ones(decided: Sequence[Decided], percent: int, evidence: str) -> list[int]:
    """Return the keys of those account claims that would have been approved against the clerk's word."""
    return [one.pk for one in let_in(decided, percent, evidence) if not one.is_right][:MOST_WRONG]
