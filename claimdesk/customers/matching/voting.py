"""Which customers of those that share a key with the newcomer are worth a full comparison."""

from collections.abc import Callable, Iterable, Sequence

from claimdesk.customers.matching.keys import Key
from claimdesk.customers.matching.rarity import Rarity

RARE_ENOUGH = 150
MOST_PER_KEY = 200
COMMON_ASKED = 6
GOOD_VOTE = 12.0

Found = Iterable[tuple[int, int]]
Find = Callable[[Sequence[int], int], Found]


def elect(keys: Sequence[Key], find: Find, rarity: Rarity, limit: int) -> list[int]:
    """Return the `limit` entries that share most with the newcomer, the likeliest first.

    Rare keys are asked first; only where they lead to nobody who shares much, the rarest of the common ones too.

    Takes: `find`, which returns (key, entry) for keys and the most entries wanted for one of them.
    """
    rare = [key for key in keys if rarity.count(key.value) <= RARE_ENOUGH]
    votes = _count(rare, find)
    if max(votes.values(), default=0.0) < GOOD_VOTE and len(rare) < len(keys):
        common = sorted(set(keys) - set(rare), key=lambda key: (rarity.count(key.value), key.value))
        for entry, vote in _count(common[:COMMON_ASKED], find).items():
            votes[entry] = votes.get(entry, 0.0) + vote
    return sorted(votes, key=lambda entry: (-votes[entry], entry))[:limit]


def _count(keys: Sequence[Key], find: Find) -> dict[int, float]:
    """Return what each entry shares; of the keys for one part of the newcomer only the weightiest counts."""
    if not keys:
        return {}
    asked = {key.value: key for key in keys}
    best: dict[tuple[int, str], float] = {}
    for value, entry in find(list(asked), MOST_PER_KEY):
        key = asked[value]
        part = (entry, key.part)
        if best.get(part, 0.0) < key.worth:
            best[part] = key.worth
    votes: dict[int, float] = {}
    for (entry, _), worth in best.items():
        votes[entry] = votes.get(entry, 0.0) + worth
    return votes
