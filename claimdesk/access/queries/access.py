"""Access: the one answer to "may this person act for this customer?", asked on every request (A80)."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import QuerySet

from claimdesk.access.models import ActingSession, Membership
from claimdesk.access.permissions import ACT_FOR_CUSTOMERS
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import VISITOR, Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.permissions import of_customer_roles
from claimdesk.people.models import User
from claimdesk.people.queries.staff import staff_actor

# What staff acting for a customer may do of what its people may (A84): no credentials, no members.
ACTING_ROLES = ["viewer", "buyer", "service"]


def memberships_that_count(user: User) -> QuerySet[Membership]:
    """Return the memberships that give access now.

    The user is active and verified, the membership active, the customer Active; and his contact, where he has
    one, is not disabled (A68).
    """
    if not (user.is_active and user.is_verified):
        return Membership.objects.none()
    return (
        Membership.objects.filter(
            user=user,
            state=Membership.State.ACTIVE,
            customer__state=Customer.Status.ACTIVE,
            customer__merged_into=None,
        )
        .exclude(contact__is_enabled=False)
        .select_related("customer")
        .order_by("customer__name_folded", "customer_id")
    )


def actor_of(
    user: User | None,
    *,
    door: str,
    customer_id: int | None = None,
    memberships: Sequence[Membership] | None = None,
) -> Actor:
    """Return who acts: a visitor, staff, or a user with the customer in hand if it may still be in his hand.

    Takes: `customer_id`, the customer chosen last; one that gives no access (any more) is replaced by the
    first that does. `memberships`, those of the user that count now, where somebody has asked already.
    """
    if user is None or not user.is_active:
        return replace(VISITOR, door=door)
    if user.is_staff and door == "office":
        return staff_actor(user, door=door)
    counting = list(memberships_that_count(user)) if memberships is None else memberships
    held = next((m for m in counting if m.customer_id == customer_id), counting[0] if counting else None)
    return Actor(
        kind="staff" if user.is_staff else "user",
        id=user.pk,
        name=user.name,
        door=door,
        customer_id=held.customer_id if held else None,
        permissions=of_customer_roles(held.roles) if held else frozenset(),
        sees_merged=tuple(held.sees_merged) if held else (),
    )


def acting_actor(user: User, session: ActingSession, *, door: str) -> Actor | None:
    """Return staff acting for a customer, or None when the time is over or either may no longer (A84)."""
    if session.ended_at or session.ends_at <= now() or not (user.is_active and user.is_staff):
        return None
    if session.customer.state == Customer.Status.INACTIVE or session.staff_id != user.pk:
        return None
    staff = staff_actor(user)
    theirs = customers(staff).filter(pk=session.customer_id)
    if not staff.may(ACT_FOR_CUSTOMERS) or not theirs.exists():
        return None
    return Actor(
        kind="staff",
        id=user.pk,
        name=user.name,
        door=door,
        customer_id=session.customer_id,
        acting_for=session.person.name if session.person else session.customer.name,
        acting_id=session.pk,
        permissions=of_customer_roles(ACTING_ROLES),
    )
