"""Customers on file that may be one (A74): all are put into blocks, and those who share enough are compared."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from claimdesk.customers.matching.blocks import Member, blocks
from claimdesk.customers.matching.explain import Reason, explain
from claimdesk.customers.matching.keys import blocks_of
from claimdesk.customers.matching.rarity import Rarity
from claimdesk.customers.matching.reading import rarity, records_of, shared_domains
from claimdesk.customers.matching.records import Profile, Record
from claimdesk.customers.matching.score import score_profiles
from claimdesk.customers.models import Customer
from claimdesk.kernel.processes import other_processes

AT_ONCE = 2_000
POOL_FROM = 10_000
PROCESSES = 2
WORTH_A_LOOK = 0.5
Progress = Callable[[int, int], None]
Shared = frozenset[str]
Outcome = tuple[int, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers that may be one, the one with the smaller key first."""

    first_id: int
    second_id: int
    probability: float
    reasons: tuple[Reason, ...]


def pairs(*, progress: Progress | None = None, pool_from: int = POOL_FROM) -> list[Pair]:
    """Return the pairs among all customers that are worth a look, the likeliest first.

    Takes: `progress`, which hears how many customers are done, of how many; `pool_from`, from how many customers on
    other processes help.
    """
    standing = Customer.objects.filter(merged_into=None)
    total, known, shared = standing.count(), rarity(), shared_domains()
    tell = progress or (lambda done, total: None)
    found: list[Pair] = []
    with _workers(known, pool=total >= pool_from) as work, blocks() as filled:
        done = 0
        for count, members in work(_members, ((records, shared) for records in _all_records())):
            filled.add(members)
            done += count
            tell(done // 2, total)
        count, alike = filled.pairs()
        compared = 0
        for size, worth in work(_worth_a_look, _to_compare(alike, shared)):
            found += worth
            compared += size
            tell(total // 2 + (total - total // 2) * compared // max(count, 1), total)
    tell(total, total)
    return sorted(found, key=lambda pair: (-pair.probability, pair.first_id, pair.second_id))


def _all_records() -> Iterator[list[Record]]:
    last = 0
    standing = Customer.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True)
    while part := list(standing.filter(pk__gt=last)[:AT_ONCE]):
        yield records_of(part)
        last = part[-1]


def _to_compare(
    alike: Iterator[tuple[int, int]], shared: Shared
) -> Iterator[tuple[list[tuple[int, int]], list[Record], Shared]]:
    while part := list(islice(alike, AT_ONCE)):
        yield part, records_of(sorted({customer for pair in part for customer in pair})), shared


def _members(known: Rarity, records: Sequence[Record], shared: Shared) -> tuple[int, list[Member]]:
    """Return how many records there are, and the blocks that they stand in; pure."""
    found = [
        (key, record.customer_id, worth)
        for record in records
        for key, worth in blocks_of(Profile(record, shared)).items()
    ]
    return len(records), found


def _worth_a_look(
    known: Rarity, both: Sequence[tuple[int, int]], records: Sequence[Record], shared: Shared
) -> tuple[int, list[Pair]]:
    """Return how many pairs there are, and those that are alike; pure."""
    profiles = {record.customer_id: Profile(record, shared) for record in records}
    found = [
        Pair(first, second, score.probability, explain(score))
        for first, second in both
        if first in profiles and second in profiles
        for score in [score_profiles(profiles[second], profiles[first], known)]
        if score.probability >= WORTH_A_LOOK
    ]
    return len(both), found


@contextmanager
def _workers(known: Rarity, *, pool: bool) -> Iterator[Callable[..., Iterator[Outcome]]]:
    """Give a function that does a piece of work with each of many arguments, here or in other processes."""
    if not pool:
        yield lambda work, arguments: (work(known, *given) for given in arguments)
        return
    with other_processes(PROCESSES, partial(_Deed, known)) as ask:
        yield lambda work, arguments: _ahead(ask, work, arguments)


class _Deed:
    """What another process does: pieces of work, all with the rarity of words that it was given once."""

    def __init__(self, known: Rarity) -> None:
        self.known = known

    def __call__(self, asked: tuple[Callable[..., Outcome], tuple[Any, ...]]) -> Outcome:
        work, given = asked
        return work(self.known, *given)


def _ahead(
    ask: Callable[[Any], Future[Any]], work: Callable[..., Outcome], arguments: Iterable[tuple[Any, ...]]
) -> Iterator[Outcome]:
    """Yield what `work` makes of each argument, in order; a few pieces are under way at a time."""
    waiting: deque[Future[Any]] = deque()
    for given in arguments:
        waiting.append(ask((work, given)))
        if len(waiting) > 2 * PROCESSES:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
