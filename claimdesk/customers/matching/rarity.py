"""How telling a word is: the world's common words, corrected by how often this register's own names bear it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log

from claimdesk.customers.matching import dictionaries
from claimdesk.customers.matching.keys import RARE, word_key

PRIOR_CUSTOMERS = 2_000
LEAST_COUNTED = 1 / 5_000
MOST_UNCOUNTED = 200
MOST_KNOWN = 50_000


@dataclass(frozen=True)
class Rarity:
    """The common keys of a register and how many customers bear each; rare ones are not listed."""

    customers: int = 0
    counts: Mapping[int, int] = field(default_factory=dict)
    _known: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def count(self, key: int) -> int:
        """Return how many customers bear a key, nothing if they are few."""
        return self.counts.get(key, 0)

    def information(self, word: str) -> float:
        """Return what it says that two names share `word`, in nats: the minus logarithm of its share."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            known = self._known[word] = self._information(word)
        return known

    def _information(self, word: str) -> float:
        expected = dictionaries.common_words().get(word, RARE)
        borne: float = self.counts.get(word_key(word), 0)
        if not borne and self.customers:
            borne = min(expected * self.customers, counted_from(self.customers) / 4)
        share = (borne + PRIOR_CUSTOMERS * expected) / (self.customers + PRIOR_CUSTOMERS)
        return -log(share) * min(1.0, 0.25 + len(word) / 6)


def counted_from(customers: int) -> int:
    """Return from how many bearers on a key is worth counting in a register of `customers`."""
    return max(20, min(MOST_UNCOUNTED, int(customers * LEAST_COUNTED)))
