"""Which customers of those that share a key with the newcomer are worth a full comparison."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Protocol

from claimdesk.customers.matching.keys import Key, word_key
from claimdesk.customers.matching.rarity import Rarity

RARE_ENOUGH = 150
MOST_PER_KEY = 200
COMMON_ASKED = 4
WORDS_TOGETHER = 4
GOOD_VOTE = 18.0

Best = dict[tuple[int, str], float]


class Index(Protocol):
    """Where entries are filed under keys."""

    def find(self, keys: Sequence[int], most_per_key: int) -> Iterable[tuple[int, int]]:
        """Return (key, entry) for the entries under each key, at most so many for one key."""

    def find_both(self, one: Sequence[int], other: Sequence[int], most: int) -> Iterable[int]:
        """Return at most so many entries that are under a key of `one` and under a key of `other`."""


def elect(keys: Sequence[Key], index: Index, rarity: Rarity) -> list[tuple[int, float]]:
    """Return the entries that share keys with the newcomer, and how much: the most first.

    Rare keys are asked first. Where they lead to nobody who shares much, entries are sought that bear two of the
    common words, each perhaps misspelt, and those under the rarest of the common keys.
    """
    rare = [key for key in keys if rarity.count(key.value) <= RARE_ENOUGH]
    best: Best = {}
    _ask(rare, index, best)
    votes = _count(best)
    if max(votes.values(), default=0.0) < GOOD_VOTE and len(rare) < len(keys):
        common = sorted(set(keys) - set(rare), key=lambda key: (rarity.count(key.value), key.value))
        _ask(common[:COMMON_ASKED], index, best)
        _ask_for_two(keys, index, rarity, best)
        votes = _count(best)
    return sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))


def _ask(keys: Sequence[Key], index: Index, best: Best) -> None:
    """Note who is under these keys; of the keys for one part of the newcomer only the weightiest counts."""
    if not keys:
        return
    asked = {key.value: key for key in keys}
    for value, entry in index.find(list(asked), MOST_PER_KEY):
        _note(best, entry, asked[value].part, asked[value].worth)


def _ask_for_two(keys: Sequence[Key], index: Index, rarity: Rarity, best: Best) -> None:
    """Note who bears two of the newcomer's words, at least one of them misspelt.

    Without it, those who happen to come first under a common word would outvote him who bears that word too. Two
    words as they are typed were asked for by the key of the pair.
    """
    words: dict[str, list[Key]] = {}
    for key in keys:
        if key.is_word:
            words.setdefault(key.part, []).append(key)
    telling = sorted(words, key=lambda word: (-max(key.worth for key in words[word]), word))[:WORDS_TOGETHER]
    spelt = {
        word: [key for key in words[word] if rarity.count(key.value) and key.value == word_key(word)]
        for word in telling
    }
    for one, other in combinations(telling, 2):
        if spelt[one] and spelt[other]:
            continue
        either = [spelt[word] or words[word] for word in (one, other)]
        values = [[key.value for key in some] for some in either]
        for entry in index.find_both(values[0], values[1], MOST_PER_KEY):
            for word, some in zip((one, other), either, strict=True):
                _note(best, entry, word, min(key.worth for key in some))


def _note(best: Best, entry: int, part: str, worth: float) -> None:
    if best.get((entry, part), 0.0) < worth:
        best[entry, part] = worth


def _count(best: Best) -> dict[int, float]:
    votes: dict[int, float] = {}
    for (entry, _), worth in best.items():
        votes[entry] = votes.get(entry, 0.0) + worth
    return votes
