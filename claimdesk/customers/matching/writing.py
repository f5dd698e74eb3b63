"""Keeping the index right: in the customer's own transaction, for bulk imports, and from scratch.

Whoever changes what matching sees of a customer (name, alias, e-mail, phone, website, tax number, address, contact,
domain, merge) calls `reindex` in the same transaction.
"""

import hashlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor

from django.db import transaction

from claimdesk.company.queries.company import company
from claimdesk.customers.matching.index import here
from claimdesk.customers.matching.keys import keys_of
from claimdesk.customers.matching.rarity import counted_from
from claimdesk.customers.matching.reading import forget_rarity, records_of
from claimdesk.customers.matching.records import Profile, Record
from claimdesk.customers.models import Customer, MatchEntry, MatchRarity
from claimdesk.customers.search.index import forget_all, refile

AT_ONCE = 2_000
ALL_CUSTOMERS = 0
Progress = Callable[[int, int], None]
Entry = tuple[int, int, str]


def make_entries(records: Sequence[Record], shared_domains: frozenset[str]) -> list[Entry]:
    """Return what the index keeps of each record; pure, so that importers can make it in other processes."""
    return [_entry(record, shared_domains) for record in records]


def _entry(record: Record, shared_domains: frozenset[str]) -> Entry:
    keys = sorted(keys_of(Profile(record, shared_domains)))
    packed = hashlib.blake2b(array("i", keys).tobytes(), digest_size=8)
    return record.customer_id, int.from_bytes(packed.digest(), "big", signed=True), here().form(keys)


@transaction.atomic
def index_customers(records: Sequence[Record], *, pool: Executor | None = None, pieces: int = 2) -> None:
    """File the customers of `records` (with `customer_id`), all at once.

    Takes: `pool`, processes to make keys in, and in how many `pieces`; without it, here.
    """
    shared_domains = frozenset(company().shared_domains)
    if pool is None:
        write_entries(make_entries(records, shared_domains))
        return
    size = -(-len(records) // pieces) or 1
    parts = [records[start : start + size] for start in range(0, len(records), size)]
    for made in [pool.submit(make_entries, part, shared_domains) for part in parts]:
        write_entries(made.result())


def insert_entries(entries: Sequence[Entry]) -> None:
    """Write the entries of customers that were made in this transaction."""
    if entries:
        here().insert(entries)


def write_entries(entries: Sequence[Entry]) -> None:
    """Write those entries whose keys have changed."""
    for start in range(0, len(entries), AT_ONCE):
        part = entries[start : start + AT_ONCE]
        filed = dict(
            MatchEntry.objects.filter(customer__in=[customer for customer, _, _ in part]).values_list(
                "customer", "digest"
            )
        )
        changed = [entry for entry in part if filed.get(entry[0]) != entry[1]]
        if changed:
            here().write(changed)


@transaction.atomic
def reindex(customer_ids: Iterable[int]) -> None:
    """File these customers as they now stand, for the matcher and for the search by words.

    Those that are gone or merged away are taken out.
    """
    ids = list(customer_ids)
    refile(ids)
    standing = set(Customer.objects.filter(pk__in=ids, merged_into=None).values_list("pk", flat=True))
    gone = [customer for customer in ids if customer not in standing]
    if gone:
        MatchEntry.objects.filter(customer__in=gone).delete()
    index_customers(records_of(sorted(standing)))


def rebuild(*, progress: Progress | None = None, compact: bool = False) -> int:
    """File all customers anew, some thousand a transaction, while others read and write; return how many.

    Takes: `compact`, to start from nothing, in one transaction, which also gives back the room of outdated entries.
    """
    if compact:
        with transaction.atomic():
            here().clear()
            forget_all()
            count = _file_all(progress)
    else:
        count = _file_all(progress)
    here().settle()
    measure_rarity()
    return count


def _file_all(progress: Progress | None) -> int:
    total = Customer.objects.filter(merged_into=None).count()
    done, last = 0, 0
    while True:
        following = Customer.objects.filter(pk__gt=last).order_by("pk")
        ids = list(following.values_list("pk", flat=True)[:AT_ONCE])
        if not ids:
            return done
        reindex(ids)
        done, last = done + len(ids), ids[-1]
        if progress:
            progress(done, total)


@transaction.atomic
def measure_rarity() -> None:
    """Count anew how common words are; after a big import, and now and then."""
    customers = MatchEntry.objects.count()
    common = here().common_keys(counted_from(customers))
    MatchRarity.objects.all().delete()
    MatchRarity.objects.bulk_create(
        [MatchRarity(key=ALL_CUSTOMERS, customers=customers)]
        + [MatchRarity(key=key, customers=count) for key, count in common if key != ALL_CUSTOMERS],
        batch_size=5_000,
    )
    forget_rarity()
