"""Reading from the database what matching sees: customers as records, and how rare words are here."""

import json
from collections.abc import Sequence
from time import monotonic
from typing import Any

from django.db import connection

from claimdesk.company.queries.company import company
from claimdesk.customers.matching.rarity import Rarity
from claimdesk.customers.matching.records import Place, Record
from claimdesk.customers.models import MatchRarity

KEPT_SECONDS = 60.0
_kept: tuple[float, int | None, Rarity] | None = None


# One statement in place of five queries halves the time of a lookup: kind, customer, row, and up to seven texts.
_ON_FILE = """
SELECT 'customer', id, id, number, state, name, email, phone, website, tax_number
FROM customers_customer WHERE id IN ({ids})
UNION ALL SELECT 'place', customer_id, id, street, postcode, town, country, '', '', ''
FROM customers_address WHERE customer_id IN ({ids})
UNION ALL SELECT 'name', customer_id, id, value, '', '', '', '', '', ''
FROM customers_alias WHERE kind = 'name' AND customer_id IN ({ids})
UNION ALL SELECT 'contact', customer_id, id, email, phone, '', '', '', '', ''
FROM customers_contact WHERE customer_id IN ({ids})
UNION ALL SELECT 'domain', customer_id, id, domain, '', '', '', '', '', ''
FROM customers_domain WHERE confirmed_at IS NOT NULL AND customer_id IN ({ids})
"""


def records_of(customer_ids: Sequence[int]) -> list[Record]:
    """Return the records of these customers, in this order."""
    ids = list(dict.fromkeys(customer_ids))
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ON_FILE.format(ids=", ".join(["%s"] * len(ids))), ids * 5)
        rows = sorted(cursor.fetchall(), key=lambda row: (row[0], row[2]))
    on_file: dict[int, dict[str, list[Any]]] = {pk: {} for pk in ids}
    for kind, customer, _, *texts in rows:
        on_file[customer].setdefault(kind, []).append(texts)
    return [_record(pk, kinds) for pk, kinds in on_file.items() if "customer" in kinds]


def _record(pk: int, on_file: dict[str, list[Any]]) -> Record:
    number, state, name, email, phone, website, tax_number = on_file["customer"][0]
    contacts = on_file.get("contact", [])
    return Record(
        customer_id=pk,
        number=number,
        status=state,
        names=(name, *(texts[0] for texts in on_file.get("name", []))),
        emails=tuple(filter(None, (email, *(texts[0] for texts in contacts)))),
        phones=tuple(filter(None, (phone, *(texts[1] for texts in contacts)))),
        tax_number=tax_number,
        website=website,
        domains=tuple(texts[0] for texts in on_file.get("domain", [])),
        places=tuple(Place(*texts[:4]) for texts in on_file.get("place", [])),
    )


def shared_domains() -> frozenset[str]:
    """Return the mailbox domains that prove nothing (A33); the whole company would take a quarter of a lookup."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shared_domains FROM company_company LIMIT 1")
        row = cursor.fetchone()
    domains = row[0] if row else company().shared_domains
    return frozenset(json.loads(domains) if isinstance(domains, str) else domains)


def rarity() -> Rarity:
    """Return how rare words are in this register, as last measured; asked once a minute whether it was anew."""
    global _kept
    if _kept is None or monotonic() - _kept[0] > KEPT_SECONDS:
        times = (
            MatchRarity.objects.filter(key=MatchRarity.TIMES_COUNTED)
            .values_list("customers", flat=True)
            .first()
        )
        known = _kept[2] if _kept is not None and _kept[1] == times else _read_rarity()
        _kept = monotonic(), times, known
    return _kept[2]


def _read_rarity() -> Rarity:
    counts = dict(MatchRarity.objects.exclude(key=MatchRarity.VERSION).values_list("key", "customers"))
    counts.pop(MatchRarity.TIMES_COUNTED, None)
    return Rarity(counts.pop(MatchRarity.ALL_CUSTOMERS, 0), counts)


def forget_rarity() -> None:
    """Read the rarity anew when it is next asked for."""
    global _kept
    _kept = None
