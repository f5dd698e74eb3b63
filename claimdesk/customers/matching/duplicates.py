"""Customers on file that may be one (A74): each is looked up as if he were a newcomer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claimdesk.customers.matching.explain import Reason, explain
from claimdesk.customers.matching.index import here
from claimdesk.customers.matching.keys import keys_to_ask
from claimdesk.customers.matching.rarity import Rarity
from claimdesk.customers.matching.reading import rarity, records_of
from claimdesk.customers.matching.records import Profile
from claimdesk.customers.matching.score import score_profiles
from claimdesk.customers.matching.voting import elect
from claimdesk.customers.models import Customer

AT_ONCE = 500
COMPARED = 10
WORTH_A_LOOK = 0.5
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers that may be one, the one with the smaller key first."""

    first_id: int
    second_id: int
    probability: float
    reasons: tuple[Reason, ...]


def pairs(customer_ids: Sequence[int] | None = None, *, progress: Progress | None = None) -> Iterator[Pair]:
    """Yield the pairs among all customers, or of these customers with any, that are worth a look.

    Reads some hundred customers at a time; of these, the likeliest pair comes first. No pair comes twice.

    Takes: `progress`, which hears after each part how many customers are done, of how many.
    """
    ids = sorted(customer_ids) if customer_ids is not None else None
    standing = Customer.objects.filter(merged_into=None)
    total = len(ids) if ids is not None else standing.count()
    seen: set[tuple[int, int]] = set()
    done = last = 0
    while True:
        if ids is not None:
            part = ids[done : done + AT_ONCE]
        else:
            part = list(standing.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
        if not part:
            return
        for pair in _pairs_of(part):
            if (pair.first_id, pair.second_id) not in seen:
                seen.add((pair.first_id, pair.second_id))
                yield pair
        done, last = done + len(part), part[-1]
        if progress:
            progress(done, total)


def _pairs_of(ids: Sequence[int]) -> list[Pair]:
    """Return the pairs of a few hundred customers with any other, the likeliest first."""
    shared_domains, known = shared_domains(), rarity()
    profiles = {record.customer_id: Profile(record, shared_domains) for record in records_of(ids)}
    likely = {
        customer: elect(keys_to_ask(profiles[customer]), here(), known, COMPARED) for customer in profiles
    }
    missing = {other for others in likely.values() for other in others} - profiles.keys()
    asked = list(profiles)
    profiles |= {
        record.customer_id: Profile(record, shared_domains) for record in records_of(sorted(missing))
    }
    both = {
        (min(customer, other), max(customer, other))
        for customer in asked
        for other in likely[customer]
        if other != customer and other in profiles
    }
    found = [_pair(profiles[first], profiles[second], known) for first, second in sorted(both)]
    worth = [pair for pair in found if pair.probability >= WORTH_A_LOOK]
    return sorted(worth, key=lambda pair: (-pair.probability, pair.first_id, pair.second_id))


def _pair(first: Profile, second: Profile, known: Rarity) -> Pair:
    score = score_profiles(second, first, known)
    return Pair(first.record.customer_id, second.record.customer_id, score.probability, explain(score))
