"""Make and change customers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.customers.actions.writing import (
    differences,
    labels,
    locked,
    next_customer_number,
    save_customer,
)
from claimdesk.customers.events import CustomerChanged, CustomerCreated
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Address, Alias, Customer, CustomerGroup, folded_alias
from claimdesk.customers.permissions import EDIT_CUSTOMERS
from claimdesk.customers.queries.profile import require_part
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record

FIELDS = frozenset(
    {
        "kind", "number", "name", "email", "phone", "website", "tax_number", "terms", "price_group", "discount",
        "language", "currency", "representative", "notes",
    }
)  # fmt: skip
FIRST_STATES = (Customer.Status.NEW, Customer.Status.ADMIN)


@transaction.atomic
def create_customer(
    *,
    state: str = Customer.Status.ADMIN,
    groups: Iterable[CustomerGroup] = (),
    billing: dict[str, str] | None = None,
    by: Actor,
    **fields: Any,
) -> Customer:
    """Make a customer by hand, with status Admin or New; `activate_customer` makes it Active.

    Takes: `billing`, the fields of its billing address; `fields`, those of FIELDS. Without a number it gets a
    web account number (A16). Staff who see only their customers become its representative.
    Refuses: `number_taken`, `email_taken`.
    Records: CustomerCreated.
    """
    by.require(EDIT_CUSTOMERS)
    if state not in FIRST_STATES or not fields.keys() <= FIELDS:
        raise TypeError(f"a customer is not made with {state} and {sorted(fields)}")
    customer = Customer(**_tidied(fields), state=state, origin=Customer.Origin.STAFF)
    customer.number = customer.number or next_customer_number()
    if by.only_own_customers:
        customer.representative_id = by.id
    save_customer(customer)
    customer.groups.set(groups)
    if billing and any(billing.values()):
        Address.objects.create(customer=customer, kind=Address.Kind.BILLING, **billing)
    reindex([customer.pk])
    record(
        CustomerCreated(customer.number, customer.name, status=state, origin=customer.origin),
        about=customer,
        by=by,
    )
    return customer


@transaction.atomic
def change_customer(
    customer: Customer,
    *,
    groups: Iterable[CustomerGroup] | None = None,
    seen_at: datetime | None = None,
    by: Actor,
    **fields: Any,
) -> Customer:
    """Change fields of a customer; the status is not among them. What does not differ changes nothing.

    Takes: `seen_at`, the `updated_at` that the editor saw. A changed number stays as an alias.
    Refuses: `changed_meanwhile`, `customer_merged`, `number_taken`, `email_taken`, `email_required`.
    Records: CustomerChanged, if anything changed.
    """
    for part in fields.keys() | ({"groups"} if groups is not None else set()):
        require_part(customer, part, by=by)
    if not fields.keys() <= FIELDS:
        raise TypeError(f"change_customer knows no {sorted(fields.keys() - FIELDS)}")
    row = locked(customer, by=by)
    if seen_at is not None and row.updated_at != seen_at:
        raise Refused("changed_meanwhile", _("Somebody else changed this customer meanwhile; look again."))
    before, after = differences(row, _tidied(fields))
    names = list(after)
    if "number" in after:
        _keep_number(row)
    for name in names:
        setattr(row, row._meta.get_field(name).attname, after[name])  # type: ignore[union-attr]  # a column
    if names:
        save_customer(row, names)
    words = labels(row, names)
    if groups is not None and (change := _set_groups(row, groups)):
        before["groups"], after["groups"] = change
        words = ", ".join(filter(None, [words, "groups"]))
    if after:
        reindex([row.pk])
        record(CustomerChanged(words, before=before, after=after), about=row, by=by)
    return row


def _tidied(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tidy(value) if isinstance(value, str) and name != "notes" else value
        for name, value in fields.items()
    }


def _keep_number(customer: Customer) -> None:
    kind = Alias.Kind.NUMBER
    Alias.objects.get_or_create(
        customer=customer,
        kind=kind,
        folded=folded_alias(kind, customer.number),
        defaults={"value": customer.number},
    )


def _set_groups(customer: Customer, groups: Iterable[CustomerGroup]) -> tuple[list[str], list[str]] | None:
    before = sorted(customer.groups.values_list("name", flat=True))
    after = sorted(group.name for group in groups)
    if before == after:
        return None
    customer.groups.set(groups)
    return before, after
