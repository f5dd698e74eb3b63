"""Reading from the database what matching sees: customers as records, and how rare words are here."""

from collections import defaultdict
from collections.abc import Sequence
from time import monotonic
from typing import Any

from django.db.models import QuerySet

from claimdesk.customers.matching.rarity import Rarity
from claimdesk.customers.matching.records import Place, Record
from claimdesk.customers.models import Address, Alias, Contact, Customer, Domain, MatchRarity

KEPT_SECONDS = 60.0
_kept: tuple[float, Rarity] | None = None


def records_of(customer_ids: Sequence[int]) -> list[Record]:
    """Return the records of these customers, in this order; five queries, however many they are."""
    ids = list(customer_ids)
    places = _grouped(Address.objects.filter(customer__in=ids), "street", "postcode", "town", "country")
    names = _grouped(Alias.objects.filter(customer__in=ids, kind=Alias.Kind.NAME), "value")
    contacts = _grouped(Contact.objects.filter(customer__in=ids, is_enabled=True), "email", "phone")
    domains = _grouped(Domain.objects.filter(customer__in=ids, confirmed_at__isnull=False), "domain")
    rows = Customer.objects.filter(pk__in=ids).values_list(
        "pk", "number", "state", "name", "email", "phone", "website", "tax_number"
    )
    found = {
        pk: Record(
            customer_id=pk,
            number=number,
            status=state,
            names=(name, *(old for (old,) in names[pk])),
            emails=tuple(filter(None, (email, *(address for address, _ in contacts[pk])))),
            phones=tuple(filter(None, (phone, *(line for _, line in contacts[pk])))),
            tax_number=tax_number,
            website=website,
            domains=tuple(domain for (domain,) in domains[pk]),
            places=tuple(Place(*place) for place in places[pk]),
        )
        for pk, number, state, name, email, phone, website, tax_number in rows
    }
    return [found[pk] for pk in ids if pk in found]


def _grouped(rows: QuerySet[Any], *columns: str) -> dict[int, list[tuple[str, ...]]]:
    grouped: defaultdict[int, list[tuple[str, ...]]] = defaultdict(list)
    for customer, *values in rows.order_by("pk").values_list("customer", *columns):
        grouped[customer].append(tuple(values))
    return grouped


def rarity() -> Rarity:
    """Return how rare words are in this register, as last measured; kept for a minute."""
    global _kept
    if _kept is None or monotonic() - _kept[0] > KEPT_SECONDS:
        counts = dict(MatchRarity.objects.values_list("key", "customers"))
        _kept = monotonic(), Rarity(counts.pop(0, 0), counts)
    return _kept[1]


def forget_rarity() -> None:
    """Read the rarity anew when it is next asked for."""
    global _kept
    _kept = None
