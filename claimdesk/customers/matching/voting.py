"""Which customers of those that share a key with the newcomer are worth a full comparison."""

from collections.abc import Iterable

from claimdesk.customers.matching.keys import Key
from claimdesk.customers.matching.rarity import Rarity

TOO_COMMON = 2_000
FEWEST_KEYS = 4


def worth_asking(keys: list[Key], rarity: Rarity) -> list[Key]:
    """Return the keys that lead to few customers; the rarest of them if all are common."""
    rare = [key for key in keys if rarity.count(key.value) <= TOO_COMMON]
    if len(rare) >= FEWEST_KEYS:
        return rare
    return sorted(keys, key=lambda key: (rarity.count(key.value), key.value))[:FEWEST_KEYS]


def vote(keys: Iterable[Key], met: Iterable[tuple[int, int]], rarity: Rarity, limit: int) -> list[int]:
    """Return the `limit` entries that share most with the newcomer, the likeliest first.

    Takes: `met`, pairs of a key and an entry that bears it. Of the keys that speak for one part of the newcomer only
    the weightiest counts.
    """
    asked = {key.value: key for key in keys}
    best: dict[int, dict[str, float]] = {}
    for value, entry in met:
        key = asked[value]
        common = rarity.count(value)
        worth = key.worth / (1 + common / TOO_COMMON)
        parts = best.setdefault(entry, {})
        if parts.get(key.part, 0.0) < worth:
            parts[key.part] = worth
    totals = sorted(((-sum(parts.values()), entry) for entry, parts in best.items()))
    return [entry for _, entry in totals[:limit]]
