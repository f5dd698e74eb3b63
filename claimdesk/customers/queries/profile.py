"""Who may change which part of a customer: staff all, its managers what the seller permits (A87)."""

from django.utils.translation import gettext_lazy as _

from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer
from claimdesk.customers.permissions import EDIT_CUSTOMERS, EDIT_PROFILE
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed

# What a seller can let managers edit. The account address is not among it: login details go there.
PROFILE_PARTS = {
    "name": _("Name"),
    "phone": _("Phone"),
    "website": _("Website"),
    "tax_number": _("Tax number"),
    "language": _("Language"),
    "billing_address": _("Billing address"),
    "shipping_addresses": _("Shipping addresses"),
    "contacts": _("Contacts"),
}


def parts_to_edit(customer: Customer, actor: Actor) -> frozenset[str]:
    """Return the parts of the customer's profile that `actor` may edit from the portal."""
    if not actor.may(EDIT_PROFILE) or actor.customer_id != customer.pk:
        return frozenset()
    return frozenset(company().profile_fields) & PROFILE_PARTS.keys()


def require_part(customer: Customer, part: str, *, by: Actor) -> None:
    """Raise NotAllowed unless `by` may edit that part of the customer."""
    if not by.may(EDIT_CUSTOMERS) and part not in parts_to_edit(customer, by):
        raise NotAllowed(EDIT_PROFILE)
