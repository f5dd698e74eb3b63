"""Filing the rows of a file as customers, in a database that will be thrown away."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from claimdesk.customers.matching.records import Newcomer, Place, Record, newcomer_of_row
from claimdesk.customers.matching.writing import index_customers, measure_rarity
from claimdesk.customers.models import Address, Contact, Customer

AT_ONCE = 5_000


def file_register(rows: Iterable[dict[str, Any]]) -> int:
    """File each row (`number`, and the columns of a newcomer) as a customer on file; return how many.

    Numbers and e-mail addresses may come twice: the addresses are filed as contacts.
    """
    numbered = iter(enumerate(rows, 1))
    count = 0
    while part := list(_named(islice(numbered, AT_ONCE))):
        with transaction.atomic():
            _write(part)
            index_customers([_record(*entry) for entry in part])
        count += len(part)
    measure_rarity()
    return count


def _named(rows: Iterator[tuple[int, dict[str, Any]]]) -> Iterator[tuple[int, str, Newcomer]]:
    for key, row in rows:
        yield key, str(row.get("number") or row.get("id") or key), newcomer_of_row(row)


def _write(part: list[tuple[int, str, Newcomer]]) -> None:
    Customer.objects.bulk_create(
        Customer(
            pk=key,
            number=number,
            number_folded=str(key),
            name=row.name,
            phone=row.phone,
            website=row.website,
            tax_number=row.tax_number,
            state=Customer.Status.ADMIN,
        )
        for key, number, row in part
    )
    Address.objects.bulk_create(
        Address(customer_id=key, street=row.street, postcode=row.postcode, town=row.town, country=row.country)
        for key, _, row in part
        if row.street or row.postcode or row.town or row.country
    )
    Contact.objects.bulk_create(Contact(customer_id=key, email=row.email) for key, _, row in part if row.email)


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
        places=(place,) if place != Place() else (),
    )
