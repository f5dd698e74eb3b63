"""Writers of memberships that several actions share; they record nothing."""

from collections.abc import Iterable

from claimdesk.access.models import Membership
from claimdesk.customers.models import Contact, Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.people.models import User

DEFAULT_ROLES = ("buyer", "service")


def write_membership(
    user: User,
    customer: Customer,
    *,
    roles: Iterable[str] = DEFAULT_ROLES,
    granted: str,
    by: Actor,
) -> Membership:
    """Give `user` an active membership with `roles`; one row a user and customer, whoever comes first."""
    roles = set(roles)
    membership, _made = Membership.objects.update_or_create(
        user=user,
        customer=customer,
        defaults={
            "state": Membership.State.ACTIVE,
            "is_buyer": "buyer" in roles,
            "is_service": "service" in roles,
            "is_manager": "manager" in roles,
            "granted": granted,
            "granted_by_name": by.name,
            "since": now(),
            "ended_at": None,
            "contact": Contact.objects.filter(customer=customer, email=user.email).first(),
        },
    )
    return membership
