"""An index of keys in memory, for learning and measuring without a database."""

from collections import Counter
from collections.abc import Sequence

from claimdesk.customers.matching.keys import keys_of, keys_to_ask
from claimdesk.customers.matching.rarity import Rarity, counted_from
from claimdesk.customers.matching.records import Profile, Record
from claimdesk.customers.matching.voting import elect


class MemoryIndex:
    """Finds profiles by shared keys, as the databases do."""

    def __init__(self, register: list[Record], shared_domains: frozenset[str]) -> None:
        self.shared_domains = shared_domains
        self.profiles = [Profile(record, shared_domains) for record in register]
        self.entries: dict[int, list[int]] = {}
        for place, profile in enumerate(self.profiles):
            for key in keys_of(profile):
                self.entries.setdefault(key, []).append(place)
        least = counted_from(len(register))
        counts = Counter({key: len(found) for key, found in self.entries.items() if len(found) >= least})
        self.rarity = Rarity(len(register), counts)

    def find(self, newcomer: Profile, limit: int) -> list[Profile]:
        """Return the profiles that share most with the newcomer."""
        places = elect(keys_to_ask(newcomer), self._under, self.rarity, limit)
        return [self.profiles[place] for place in places]

    def _under(self, keys: Sequence[int], most: int) -> list[tuple[int, int]]:
        return [(key, place) for key in keys for place in self.entries.get(key, [])[:most]]
