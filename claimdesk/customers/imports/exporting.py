"""Customers, addresses and contacts as rows, in the columns that their importers take."""

from collections.abc import Iterator, Sequence

from django.db.models import Prefetch

from claimdesk.customers.models import Address, Contact, Customer
from claimdesk.ledger.imports import Column

CHUNK = 2_000
PLACE = ("street", "postcode", "town", "region", "country")


def exported_customers(columns: Sequence[Column]) -> Iterator[list[str]]:
    """Yield each customer that was not merged away, with its billing address."""
    billing = Prefetch(
        "addresses", Address.objects.filter(kind=Address.Kind.BILLING), to_attr="billing_addresses"
    )
    rows = Customer.objects.filter(merged_into=None).order_by("pk").select_related("representative")
    for customer in rows.prefetch_related(billing, "groups").iterator(CHUNK):
        address = next(iter(customer.billing_addresses), None)
        yield [_value(customer, address, column.name) for column in columns]


def _value(customer: Customer, address: Address | None, name: str) -> str:
    if name in PLACE:
        return str(getattr(address, name)) if address else ""
    if name == "status":
        return str(customer.state)
    if name == "groups":
        return ";".join(group.name for group in customer.groups.all())
    if name == "representative":
        return customer.representative.username if customer.representative else ""
    if name == "discount":
        return f"{customer.discount // 100}.{customer.discount % 100:02d}"
    return str(getattr(customer, name))


def exported_addresses() -> Iterator[list[str]]:
    """Yield each address."""
    for address in Address.objects.order_by("pk").select_related("customer").iterator(CHUNK):
        place = [getattr(address, name) for name in PLACE]
        default = "yes" if address.is_default else "no"
        yield [address.customer.number, address.kind, address.label, *place, default]


def exported_contacts() -> Iterator[list[str]]:
    """Yield each contact."""
    for contact in Contact.objects.order_by("pk").select_related("customer").iterator(CHUNK):
        enabled = "yes" if contact.is_enabled else "no"
        person = [contact.name, contact.email, contact.phone, contact.title]
        yield [contact.customer.number, *person, enabled]
