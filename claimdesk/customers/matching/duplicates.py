"""Customers on file that may be one (A74): all are put into blocks, and those who share enough are compared."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

import django

from claimdesk.customers.matching.blocks import Member, blocks
from claimdesk.customers.matching.explain import Reason, explain
from claimdesk.customers.matching.keys import blocks_of
from claimdesk.customers.matching.rarity import Rarity
from claimdesk.customers.matching.reading import rarity, records_of, shared_domains
from claimdesk.customers.matching.records import Profile, Record
from claimdesk.customers.matching.score import score_profiles
from claimdesk.customers.models import Customer

AT_ONCE = 2_000
POOL_FROM = 10_000
PROCESSES = 2
WORTH_A_LOOK = 0.5
Progress = Callable[[int, int], None]
Shared = frozenset[str]
_known: list[Rarity] = []


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers that may be one, the one with the smaller key first."""

    first_id: int
    second_id: int
    probability: float
    reasons: tuple[Reason, ...]


def pairs(*, progress: Progress | None = None) -> list[Pair]:
    """Return the pairs among all customers that are worth a look, the likeliest first.

    Takes: `progress`, which hears how many customers are done, of how many.
    """
    standing = Customer.objects.filter(merged_into=None)
    total, known, shared = standing.count(), rarity(), shared_domains()
    tell = progress or (lambda done, total: None)
    found: list[Pair] = []
    with _workers(total, known) as work, blocks() as filled:
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


def _members(records: Sequence[Record], shared: Shared) -> tuple[int, list[Member]]:
    """Return how many records there are, and the blocks that they stand in; pure."""
    found = [
        (key, record.customer_id, worth)
        for record in records
        for key, worth in blocks_of(Profile(record, shared)).items()
    ]
    return len(records), found


def _worth_a_look(
    both: Sequence[tuple[int, int]], records: Sequence[Record], shared: Shared
) -> tuple[int, list[Pair]]:
    """Return how many pairs there are, and those that are alike; pure."""
    profiles = {record.customer_id: Profile(record, shared) for record in records}
    found = [
        Pair(first, second, score.probability, explain(score))
        for first, second in both
        if first in profiles and second in profiles
        for score in [score_profiles(profiles[second], profiles[first], _known[0])]
        if score.probability >= WORTH_A_LOOK
    ]
    return len(both), found


@contextmanager
def _workers(customers: int, known: Rarity) -> Iterator[Callable[..., Iterator[tuple[int, Any]]]]:
    """Give a function that does a piece of work with each of many arguments: for few customers here, else in processes."""
    if customers < POOL_FROM:
        _begin(known)
        yield lambda work, arguments: (work(*given) for given in arguments)
        return
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, spawn, initializer=_begin_process, initargs=(known,)) as pool:
        yield lambda work, arguments: _ahead(pool, work, arguments)


def _ahead(
    pool: Executor, work: Callable[..., tuple[int, Any]], arguments: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[int, Any]]:
    """Yield what `work` makes of each argument, in order; a few pieces are under way at a time."""
    waiting: deque[Any] = deque()
    for given in arguments:
        waiting.append(pool.submit(work, *given))
        if len(waiting) > 2 * PROCESSES:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _begin_process(known: Rarity) -> None:
    django.setup()
    _begin(known)


def _begin(known: Rarity) -> None:
    _known[:] = [known]
