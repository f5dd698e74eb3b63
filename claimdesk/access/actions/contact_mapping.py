"""Put a contact at another customer (A70). Whoever has a sign-in is moved as a user, with his memberships."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.access.events.customers import ContactMapped
from claimdesk.access.models import Membership
from claimdesk.customers.actions.writing import locked
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.permissions import EDIT_CUSTOMERS
from claimdesk.customers.queries.customers import require_own_customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record


@transaction.atomic
def map_contact(contact: Contact, *, to: Customer, by: Actor) -> Contact:
    """Map a contact without a sign-in to another customer; nothing else moves.

    Refuses: `contact_has_sign_in`, `contact_exists`, `same_customer`, `customer_merged`.
    Records: ContactMapped.
    """
    by.require(EDIT_CUSTOMERS)
    before, after = contact.customer, locked(to, by=by)
    require_own_customer(before, by)
    if before.pk == after.pk:
        raise Refused("same_customer", _("The contact is at this customer already."))
    if Membership.objects.filter(contact=contact).exists():
        raise Refused("contact_has_sign_in", _("This contact has a sign-in: move the user, with a preview."))
    if contact.email and Contact.objects.filter(customer=after, email=contact.email).exists():
        raise Refused("contact_exists", _("A contact with this e-mail address is already on file there."))
    contact.customer = after
    contact.save(update_fields=["customer"])
    reindex([before.pk, after.pk])
    record(
        ContactMapped(contact.pk, contact=contact.name, before=before.name, after=after.name),
        about=contact,
        customer=after,
        by=by,
    )
    return contact
