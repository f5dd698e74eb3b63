"""The one door in: whom on file might this newcomer be?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from claimdesk.customers.matching.explain import Reason, explain
from claimdesk.customers.matching.index import here
from claimdesk.customers.matching.keys import keys_to_ask
from claimdesk.customers.matching.reading import rarity, records_of, shared_domains
from claimdesk.customers.matching.records import Newcomer, Profile, Record
from claimdesk.customers.matching.score import Score, score_profiles
from claimdesk.customers.matching.shortlist import shortlist
from claimdesk.customers.matching.voting import elect

COMPARED = 10
PLAUSIBLE = 0.5
WORTH_SHOWING = 0.01


@dataclass(frozen=True, slots=True)
class Candidate:
    """A customer on file who may be the newcomer.

    `probability` is that of being the one and only right one among all on file: two customers who are equally alike
    halve it. `likeness` is the probability that the two are one organization, seen alone.
    """

    customer_id: int
    number: str
    name: str
    probability: float
    likeness: float
    reasons: tuple[Reason, ...]
    is_inactive: bool

    @property
    def is_plausible(self) -> bool:
        """Tell whether a careful clerk would have to look at this customer."""
        return self.likeness >= PLAUSIBLE


def candidates(newcomer: Newcomer, *, limit: int = 5) -> list[Candidate]:
    """Return the customers that `newcomer` may be, the likeliest first, with reasons.

    Customers merged away are not among them; inactive ones are, flagged (A34). Shared mailbox domains prove
    nothing (A33).
    """
    shared = shared_domains()
    profile = Profile(Record.of_newcomer(newcomer), shared)
    known = rarity()
    index = here()
    elected = elect(keys_to_ask(profile), index, known)
    records = records_of(shortlist(newcomer.name, elected, index.names_of, COMPARED))
    scored = [(score_profiles(profile, Profile(record, shared), known), record) for record in records]
    return rank(scored, limit)


def rank(scored: Sequence[tuple[Score, Record]], limit: int = COMPARED) -> list[Candidate]:
    """Return the likeliest of the scored records as candidates; all of them share one certainty."""
    odds = {record.customer_id: exp(min(score.log_odds, 30.0)) for score, record in scored}
    total = 1.0 + sum(odds.values())
    ordered = sorted(scored, key=lambda pair: (-pair[0].log_odds, pair[1].customer_id))
    several = sum(score.probability >= PLAUSIBLE for score, _ in ordered) > 1
    return [
        Candidate(
            customer_id=record.customer_id,
            number=record.number,
            name=record.names[0],
            probability=odds[record.customer_id] / total,
            likeness=score.probability,
            reasons=_reasons(score, record, several),
            is_inactive=record.status == "inactive",
        )
        for score, record in ordered[:limit]
        if score.probability >= WORTH_SHOWING
    ]


def _reasons(score: Score, record: Record, several: bool) -> tuple[Reason, ...]:
    reasons = explain(score)
    if several and score.probability >= PLAUSIBLE:
        reasons = (*reasons, Reason("several_alike", {}, -0.2))
    if record.status == "inactive":
        reasons = (*reasons, Reason("customer_inactive", {}, -0.2))
    return reasons


def plausible(found: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that a careful clerk would have to look at."""
    return [candidate for candidate in found if candidate.is_plausible]


def is_ambiguous(found: Sequence[Candidate]) -> bool:
    """Tell whether more than one customer is plausible: then nobody is linked automatically (A32)."""
    return len(plausible(found)) > 1
