"""A user moved to another customer: the mapped account (A70)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import settle_pending, write_membership, write_removal
from claimdesk.access.events.memberships import MembershipMoved
from claimdesk.access.models import Membership
from claimdesk.access.permissions import EDIT_MEMBERSHIPS
from claimdesk.access.queries.belonging import refuse_unless_may_belong
from claimdesk.access.queries.members import members
from claimdesk.customers.actions.writing import locked
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record


@transaction.atomic
def move_member(
    membership: Membership, *, to: Customer, roles: Iterable[str], keeps_old: bool = False, by: Actor
) -> Membership:
    """Let a member act for another customer instead; the old access goes unless it is kept on purpose.

    Refuses: `not_a_member`, `staff_cannot_belong`, `customer_inactive`, `customer_merged`, `already_a_member`.
    Records: MembershipMoved.
    """
    by.require(EDIT_MEMBERSHIPS)
    before, after = _both_locked(membership.customer, to, by=by)
    row = members(before).filter(pk=membership.pk).first()
    if row is None:
        raise Refused("not_a_member", _("This person does not belong to the account any more."))
    refuse_unless_may_belong(row.user, after)
    moved = write_membership(row.user, after, roles=roles, granted=Membership.Granted.BY_HAND, by=by)
    settle_pending(row.user, after, by)
    if not keeps_old:
        write_removal(row)
    fact = MembershipMoved(
        user_id=row.user_id,
        user=row.user.name,
        before_id=before.pk,
        before=before.name,
        after_id=after.pk,
        after=after.name,
        kept_old=keeps_old,
    )
    record(fact, about=row.user, customer=after, by=by)
    return moved


def _both_locked(one: Customer, other: Customer, *, by: Actor) -> tuple[Customer, Customer]:
    """Hold both, the one with the smaller key first, so that two moves never wait for each other."""
    held = {customer.pk: locked(customer, by=by) for customer in sorted((one, other), key=lambda c: c.pk)}
    return held[one.pk], held[other.pk]
