"""From facts to a probability: weights that were learnt, added up as log-odds (Fellegi and Sunter, 1969).

The weights lie in `data/weights.json`; `bench/learn_matching_weights.py` learns them again. A fact that speaks for a
match never has a negative weight, so that more agreement never lowers a score.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from claimdesk.customers.matching.dictionaries import DATA
from claimdesk.customers.matching.evidence import Fact, gather
from claimdesk.customers.matching.names import NameComparison
from claimdesk.customers.matching.rarity import Rarity
from claimdesk.customers.matching.records import Newcomer, Profile, Record

BIAS = "bias"
UNKNOWN_REGISTER = Rarity()


@dataclass(frozen=True, slots=True)
class Score:
    """How sure it is that two records are one organization, and the facts that it rests on."""

    log_odds: float
    name: NameComparison | None
    facts: tuple[Fact, ...]

    @property
    def probability(self) -> float:
        return probability(self.log_odds)


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the learnt weight of each fact."""
    learnt: dict[str, float] = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))["weights"]
    return learnt


def probability(log_odds: float) -> float:
    """Return the probability that belongs to log-odds; never quite 0 or 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))


def score_profiles(newcomer: Profile, customer: Profile, rarity: Rarity) -> Score:
    """Compare two profiles, given how rare words are in the register."""
    name, facts = gather(newcomer, customer, rarity)
    learnt = weights()
    log_odds = learnt[BIAS] + sum(learnt[fact.code] * fact.strength for fact in facts)
    return Score(log_odds, name, tuple(facts))


def score(
    newcomer: Newcomer | Record,
    record: Record,
    *,
    shared_domains: frozenset[str] = frozenset(),
    rarity: Rarity = UNKNOWN_REGISTER,
) -> Score:
    """Compare a newcomer, or a customer, with a customer on file; no database is asked.

    Takes: `shared_domains`, mailbox domains that prove nothing (A33); `rarity`, of the register's words.
    """
    one = Record.of_newcomer(newcomer) if isinstance(newcomer, Newcomer) else newcomer
    return score_profiles(Profile(one, shared_domains), Profile(record, shared_domains), rarity)
