"""E-mail domains that staff confirm for a customer (A33)."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.customers.actions.writing import locked
from claimdesk.customers.events import DomainConfirmed, DomainWithdrawn
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Customer, Domain
from claimdesk.customers.permissions import EDIT_CUSTOMERS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import domain_of
from claimdesk.ledger.record import record


@transaction.atomic
def confirm_domain(customer: Customer, *, domain: str, by: Actor) -> Domain:
    """Confirm that whoever has an address at `domain` belongs to the customer. Confirming again changes nothing.

    Refuses: `shared_domain`, `not_a_domain`, `customer_merged`.
    Records: DomainConfirmed.
    """
    by.require(EDIT_CUSTOMERS)
    row = locked(customer, by=by)
    folded = domain_of("@" + domain.strip().removeprefix("@"))
    if "." not in folded or " " in folded:
        raise Refused("not_a_domain", _("This is not an e-mail domain."))
    if folded in company().shared_domains:
        raise Refused("shared_domain", _("Everybody can have an address at %s; it proves nothing.") % folded)
    found, _made = Domain.objects.get_or_create(customer=row, domain=folded)
    if found.confirmed_at is None:
        found.confirmed_at, found.confirmed_by_id = now(), by.id
        found.save()
        reindex([row.pk])
        record(DomainConfirmed(folded), about=found, by=by)
    return found


@transaction.atomic
def withdraw_domain(domain: Domain, *, by: Actor) -> None:
    """Let a domain prove nothing any more for its customer. Access that was given stays.

    Refuses: `customer_merged`.
    Records: DomainWithdrawn.
    """
    by.require(EDIT_CUSTOMERS)
    locked(domain.customer, by=by)
    record(DomainWithdrawn(domain.domain), about=domain, by=by)
    domain.delete()
    reindex([domain.customer_id])
