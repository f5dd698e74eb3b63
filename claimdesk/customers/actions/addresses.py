"""Add, change and remove addresses of a customer."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.customers.actions.writing import differences, labels, locked
from claimdesk.customers.events import AddressAdded, AddressChanged, AddressRemoved
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Address, Customer
from claimdesk.customers.queries.profile import require_part
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record

PARTS = {Address.Kind.BILLING: "billing_address", Address.Kind.SHIPPING: "shipping_addresses"}
FIELDS = frozenset({"label", "street", "postcode", "town", "region", "country", "is_default"})


@transaction.atomic
def add_address(customer: Customer, *, kind: str, by: Actor, **fields: Any) -> Address:
    """Add an address. The first shipping address becomes the default one.

    Refuses: `has_billing_address`, `customer_merged`.
    Records: AddressAdded.
    """
    require_part(customer, PARTS[Address.Kind(kind)], by=by)
    row = locked(customer, by=by)
    same_kind = Address.objects.filter(customer=row, kind=kind)
    if kind == Address.Kind.BILLING and same_kind.exists():
        raise Refused("has_billing_address", _("The customer already has a billing address."))
    if kind == Address.Kind.SHIPPING:
        fields["is_default"] = bool(fields.get("is_default")) or not same_kind.exists()
        if fields["is_default"]:
            same_kind.update(is_default=False)
    address = Address.objects.create(customer=row, kind=kind, **_known(fields))
    reindex([row.pk])
    record(AddressAdded(address.pk, kind=address.kind, address=str(address)), about=address, by=by)
    return address


@transaction.atomic
def change_address(address: Address, *, by: Actor, **fields: Any) -> Address:
    """Change an address; what does not differ changes nothing.

    Refuses: `customer_merged`.
    Records: AddressChanged, if anything changed.
    """
    require_part(address.customer, PARTS[Address.Kind(address.kind)], by=by)
    locked(address.customer, by=by)
    address.refresh_from_db()
    before, after = differences(address, _known(fields))
    if not after:
        return address
    if after.get("is_default"):
        Address.objects.filter(customer=address.customer_id, kind=address.kind).update(is_default=False)
    for name, value in after.items():
        setattr(address, name, value)
    address.save()
    reindex([address.customer_id])
    record(
        AddressChanged(
            address.pk, kind=address.kind, fields=labels(address, after), before=before, after=after
        ),
        about=address,
        by=by,
    )
    return address


@transaction.atomic
def remove_address(address: Address, *, by: Actor) -> None:
    """Remove an address.

    Refuses: `customer_merged`.
    Records: AddressRemoved.
    """
    require_part(address.customer, PARTS[Address.Kind(address.kind)], by=by)
    locked(address.customer, by=by)
    record(AddressRemoved(address.pk, kind=address.kind, address=str(address)), about=address, by=by)
    address.delete()
    reindex([address.customer_id])


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if not fields.keys() <= FIELDS:
        raise TypeError(f"an address has no {sorted(fields.keys() - FIELDS)}")
    return {name: tidy(value) if isinstance(value, str) else value for name, value in fields.items()}
