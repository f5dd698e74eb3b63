"""Filing the rows of a file as customers, in a database that will be thrown away."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice, starmap
from typing import Any

from django.db import transaction
from django.db.models import Model

from claimdesk.customers.matching.reading import shared_domains
from claimdesk.customers.matching.records import Newcomer, Place, Record, newcomer_of_row
from claimdesk.customers.matching.writing import Entry, insert_entries, make_entries, tend
from claimdesk.customers.models import Address, Contact, Customer
from claimdesk.kernel.text import fold
from claimdesk.ledger.imports.bulk import insert_rows

AT_ONCE = 5_000
Part = list[tuple[int, str, Newcomer]]


def file_register(rows: Iterable[dict[str, Any]], *, pool: Executor | None = None, ahead: int = 4) -> int:
    """File each row (`number`, and the columns of a newcomer) as a customer on file; return how many.

    Numbers and e-mail addresses may come twice: the addresses are filed as contacts.
    Takes: `pool`, processes that make keys, so many parts `ahead` of the writing; without it, they are made here.
    """
    shared = shared_domains()
    parts = _parts(enumerate(rows, 1))
    count = 0
    made: Iterator[tuple[Part, list[Entry]]]
    if pool is None:
        made = ((part, make_entries(list(starmap(_record, part)), shared)) for part in parts)
    else:
        made = _made_ahead(parts, pool, ahead, shared)
    for part, entries in made:
        with transaction.atomic():
            _write(part)
            insert_entries(entries)
        count += len(part)
    tend()
    return count


def _parts(numbered: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[Part]:
    while part := list(_named(islice(numbered, AT_ONCE))):
        yield part


def _made_ahead(
    parts: Iterator[Part], pool: Executor, ahead: int, shared: frozenset[str]
) -> Iterator[tuple[Part, list[Entry]]]:
    waiting: deque[tuple[Part, Future[list[Entry]]]] = deque()
    for part in parts:
        waiting.append((part, pool.submit(make_entries, list(starmap(_record, part)), shared)))
        if len(waiting) > ahead:
            part, entries = waiting.popleft()
            yield part, entries.result()
    for part, entries in waiting:
        yield part, entries.result()


def _named(rows: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[tuple[int, str, Newcomer]]:
    for key, row in rows:
        yield key, str(row.get("number") or row.get("id") or key), newcomer_of_row(row)


def _write(part: Part) -> None:
    _insert(
        Customer,
        ("id", "number", "number_folded", "name", "name_folded", "phone", "website", "tax_number"),
        [
            (key, number, str(key), row.name, fold(row.name)[:240], row.phone, row.website, row.tax_number)
            for key, number, row in part
        ],
    )
    _insert(
        Address,
        ("customer", "street", "postcode", "town", "country"),
        [(key, row.street, row.postcode, row.town, row.country) for key, _, row in part if _has_place(row)],
    )
    _insert(Contact, ("customer", "email"), [(key, row.email) for key, _, row in part if row.email])


def _has_place(row: Newcomer) -> bool:
    return bool(row.street or row.postcode or row.town or row.country)


def _insert(model: type[Model], names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Insert rows of the fields `names`, the others as in a new row; ten times as fast as `bulk_create`."""
    blank = model()
    others = [f for f in model._meta.concrete_fields if f.name not in names and not f.primary_key]
    insert_rows(model, names, rows, same={field.name: getattr(blank, field.attname) for field in others})


def _record(key: int, number: str, row: Newcomer) -> Record:
    place = Place(row.street, row.postcode, row.town, row.country)
    return Record(
        customer_id=key,
        number=number,
        names=(row.name,),
        emails=(row.email,) if row.email else (),
        phones=(row.phone,) if row.phone else (),
        tax_number=row.tax_number,
        website=row.website,
        places=(place,) if _has_place(row) else (),
    )
