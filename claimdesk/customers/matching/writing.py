"""Keeping the index right: in the customer's own transaction, for bulk imports, and from scratch.

Whoever changes what matching sees of a customer (name, alias, e-mail, phone, website, tax number, address, contact,
domain, merge) calls `reindex` in the same transaction.
"""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from claimdesk.customers.matching.dictionaries import extra_mark
from claimdesk.customers.matching.index import here
from claimdesk.customers.matching.keys import VERSION, keys_of
from claimdesk.customers.matching.rarity import counted_from
from claimdesk.customers.matching.reading import forget_rarity, records_of, shared_domains
from claimdesk.customers.matching.records import Profile, Record
from claimdesk.customers.models import Contact, Customer, MatchEntry, MatchRarity
from claimdesk.customers.search.index import refile, refile_contacts

AT_ONCE = 2_000
Progress = Callable[[int, int], None]
Entry = tuple[int, str]


def make_entries(records: Sequence[Record], shared_domains: frozenset[str]) -> list[Entry]:
    """Return what the index keeps of each record: his id and his keys in the form that the database takes.

    It is pure, so that importers can do it in other processes.
    """
    form = here().form
    return [
        (record.customer_id, form(sorted(keys_of(Profile(record, shared_domains))))) for record in records
    ]


def insert_entries(entries: Sequence[Entry]) -> None:
    """Write the entries of customers that were made in this transaction."""
    if entries:
        here().insert(entries)


def index_customers(records: Sequence[Record]) -> None:
    """File the customers of `records` as these say, where it differs from what was filed."""
    if records:
        here().write(make_entries(records, shared_domains()))


def index_new_contact(contact: Contact) -> None:
    """File a contact that was put on file in this transaction: his own words, and the keys of his customer."""
    refile_contacts((), new=[(contact.pk, contact.name, contact.email)])
    index_customers(records_of([contact.customer_id]))


@transaction.atomic(savepoint=False)
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


def rebuild(*, progress: Progress | None = None) -> int:
    """File all customers anew, some thousand a transaction, while others read and write; return how many."""
    count = _file_all(progress)
    MatchRarity.objects.update_or_create(key=MatchRarity.VERSION, defaults={"customers": _version()})
    tend()
    return count


def is_outdated() -> bool:
    """Tell whether customers are filed by the rules or the words of an earlier version, so that few would be found."""
    return not MatchRarity.objects.filter(key=MatchRarity.VERSION, customers=_version()).exists()


def _version() -> int:
    return VERSION * 10_000_000 + extra_mark()


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


def tend() -> None:
    """Put the index in order and count anew how common words are; after a big import, and now and then."""
    here().settle()
    measure_rarity()


@transaction.atomic
def measure_rarity() -> None:
    """Count anew how common words are."""
    customers = MatchEntry.objects.count()
    before = (
        MatchRarity.objects.filter(key=MatchRarity.TIMES_COUNTED).values_list("customers", flat=True).first()
    )
    rows = {MatchRarity.ALL_CUSTOMERS: customers, MatchRarity.TIMES_COUNTED: (before or 0) + 1}
    rows = dict(here().common_keys(counted_from(customers))) | rows
    rows.pop(MatchRarity.VERSION, None)
    MatchRarity.objects.exclude(key=MatchRarity.VERSION).delete()
    MatchRarity.objects.bulk_create(
        [MatchRarity(key=key, customers=count) for key, count in rows.items()], batch_size=5_000
    )
    forget_rarity()
