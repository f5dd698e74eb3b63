"""People on file at a customer: add, change, enable, disable, remove."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from claimdesk.customers.actions.writing import differences, labels, locked
from claimdesk.customers.events import (
    ContactAdded,
    ContactChanged,
    ContactDisabled,
    ContactEnabled,
    ContactRemoved,
)
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.queries.profile import require_part
from claimdesk.customers.search.index import forget_contact
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_email, tidy
from claimdesk.ledger.record import record

FIELDS = frozenset({"name", "email", "phone", "title"})


@transaction.atomic
def add_contact(customer: Customer, *, by: Actor, **fields: Any) -> Contact:
    """Put a person on file.

    Refuses: `contact_exists`, `customer_merged`.
    Records: ContactAdded.
    """
    require_part(customer, "contacts", by=by)
    contact = Contact(customer=locked(customer, by=by), **_known(fields))
    _refuse_same_address(contact)
    contact.save()
    reindex([contact.customer_id])
    record(ContactAdded(contact.pk, contact=contact.name), about=contact, by=by)
    return contact


@transaction.atomic
def change_contact(contact: Contact, *, by: Actor, **fields: Any) -> Contact:
    """Change what is on file of a person; what does not differ changes nothing.

    Refuses: `contact_exists`, `customer_merged`.
    Records: ContactChanged, if anything changed.
    """
    row = _held(contact, by=by)
    before, after = differences(row, _known(fields))
    if not after:
        return row
    for name, value in after.items():
        setattr(row, name, value)
    _refuse_same_address(row)
    row.save()
    reindex([row.customer_id])
    record(
        ContactChanged(row.pk, contact=row.name, fields=labels(row, after), before=before, after=after),
        about=row,
        by=by,
    )
    return row


@transaction.atomic
def enable_contact(contact: Contact, *, by: Actor) -> None:
    """Enable a contact; a member whose contact it is gets access again.

    Refuses: `already_enabled`, `customer_merged`.
    Records: ContactEnabled.
    """
    row = _held(contact, by=by)
    if row.is_enabled:
        raise Refused("already_enabled", _("This contact is already enabled."))
    row.is_enabled = contact.is_enabled = True
    row.save()
    reindex([row.customer_id])
    record(ContactEnabled(row.pk, contact=row.name), about=row, by=by)


@transaction.atomic
def disable_contact(contact: Contact, *, by: Actor) -> None:
    """Disable a contact; a member whose contact it is loses access to this customer at once (A68).

    Refuses: `already_disabled`, `customer_merged`.
    Records: ContactDisabled.
    """
    row = _held(contact, by=by)
    if not row.is_enabled:
        raise Refused("already_disabled", _("This contact is already disabled."))
    row.is_enabled = contact.is_enabled = False
    row.save()
    reindex([row.customer_id])
    record(ContactDisabled(row.pk, contact=row.name), about=row, by=by)


@transaction.atomic
def remove_contact(contact: Contact, *, by: Actor) -> None:
    """Take a person off the file.

    Refuses: `contact_has_sign_in`, `customer_merged`.
    Records: ContactRemoved.
    """
    row = _held(contact, by=by)
    record(ContactRemoved(row.pk, contact=row.name), about=row, by=by)
    try:
        row.delete()
    except ProtectedError as error:
        raise Refused(
            "contact_has_sign_in",
            _("This person has or had a sign-in here; disable the contact instead."),
        ) from error
    forget_contact(contact.pk)
    reindex([row.customer_id])


def _held(contact: Contact, *, by: Actor) -> Contact:
    require_part(contact.customer, "contacts", by=by)
    locked(contact.customer, by=by)
    return Contact.objects.select_related("customer").get(pk=contact.pk)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if not fields.keys() <= FIELDS:
        raise TypeError(f"a contact has no {sorted(fields.keys() - FIELDS)}")
    tidied = {name: tidy(value) for name, value in fields.items()}
    if tidied.get("email"):
        tidied["email"] = fold_email(tidied["email"])
    return tidied


def _refuse_same_address(contact: Contact) -> None:
    others = Contact.objects.filter(customer=contact.customer_id).exclude(pk=contact.pk)
    if contact.email and others.filter(email=contact.email).exists():
        raise Refused("contact_exists", _("A contact with this e-mail address is already on file here."))
