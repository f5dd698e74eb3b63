"""An index of keys in memory, for learning and measuring without a database."""

from collections import Counter
from collections.abc import Sequence

from claimdesk.customers.matching.keys import keys_of, keys_to_ask
from claimdesk.customers.matching.rarity import Rarity, counted_from
from claimdesk.customers.matching.records import Profile, Record
from claimdesk.customers.matching.shortlist import LONGEST_NAME, shortlist
from claimdesk.customers.matching.voting import elect
from claimdesk.kernel.text import fold


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

    def likeliest(self, newcomer: Profile, limit: int) -> list[Profile]:
        """Return the profiles that share most with the newcomer."""
        elected = elect(keys_to_ask(newcomer), self, self.rarity)
        typed = newcomer.record.names[0] if newcomer.record.names else ""
        return [self.profiles[place] for place in shortlist(typed, elected, self.names_of, limit)]

    def names_of(self, places: Sequence[int]) -> list[tuple[int, str]]:
        """Return the places with the folded names of who stands there."""
        return [
            (place, fold(name)[:LONGEST_NAME])
            for place in places
            for name in self.profiles[place].record.names
        ]

    def sharing(self, profile: Profile, most_per_key: int) -> list[Profile]:
        """Return the profiles that share with `profile` a key which at most so many have."""
        under = [self.entries.get(key, []) for key in keys_of(profile)]
        places = {place for found in under if len(found) <= most_per_key for place in found}
        return [self.profiles[place] for place in sorted(places)]

    def find(self, keys: Sequence[int], most_per_key: int) -> list[tuple[int, int]]:
        """Return (key, place) of the profiles under each key."""
        return [(key, place) for key in keys for place in self.entries.get(key, [])[:most_per_key]]

    def find_both(self, one: Sequence[int], other: Sequence[int], most: int) -> list[int]:
        """Return the places of profiles that are under a key of `one` and under a key of `other`."""
        under = [{place for key in keys for place in self.entries.get(key, [])} for keys in (one, other)]
        return sorted(under[0] & under[1])[:most]
