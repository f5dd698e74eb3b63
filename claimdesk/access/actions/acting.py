"""Staff act for a customer: for a while, with a reason, under both names (A84)."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.access.events.acting import ActingStarted, ActingStopped
from claimdesk.access.models import ActingSession
from claimdesk.access.permissions import ACT_FOR_CUSTOMERS
from claimdesk.access.queries.members import members
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.record import record
from claimdesk.people.models import User


@transaction.atomic
def start_acting(customer: Customer, *, person: User | None = None, reason: str, by: Actor) -> ActingSession:
    """Begin to act for `customer`, or for one of its people; an earlier session of the same staff ends.

    Refuses: `reason_required`, `customer_inactive`, `not_a_member`.
    Records: ActingStarted.
    """
    by.require(ACT_FOR_CUSTOMERS)
    if by.id is None or not customers(by).filter(pk=customer.pk).exists():
        raise NotAllowed(ACT_FOR_CUSTOMERS)
    if not reason.strip():
        raise Refused("reason_required", _("Say why you act for the customer."))
    if customer.state == Customer.Status.INACTIVE or customer.merged_into_id:
        raise Refused("customer_inactive", _("The customer is Inactive."))
    if person is not None and not members(customer).filter(user=person).exists():
        raise Refused("not_a_member", _("%s does not belong to this customer.") % person.name)
    ActingSession.objects.filter(staff_id=by.id, ended_at=None).update(ended_at=now())
    minutes = company().acting_minutes
    session = ActingSession.objects.create(
        staff_id=by.id,
        customer=customer,
        person=person,
        reason=reason.strip()[:300],
        started_at=now(),
        ends_at=now() + timedelta(minutes=minutes),
    )
    whom = person.name if person else customer.name
    fact = ActingStarted(session.pk, whom, session.reason, minutes)
    record(fact, about=session, customer=customer, user=person, by=by)
    return session


@transaction.atomic
def stop_acting(session: ActingSession, *, by: Actor) -> None:
    """End a session before its time; ended once, however often one asks.

    Records: ActingStopped, or nothing.
    """
    if session.staff_id != by.id:
        raise NotAllowed("own session")
    if ActingSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=now()):
        whom = session.person.name if session.person else session.customer.name
        record(ActingStopped(session.pk, whom), about=session, customer=session.customer, by=by)
