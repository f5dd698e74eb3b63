"""Memberships given, changed and taken by hand, by staff or by the account's managers (A47, A58, A83, A86)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import settle_pending, write_membership, write_removal
from claimdesk.access.events.memberships import (
    MembershipGranted,
    MembershipLimitChanged,
    MembershipRemoved,
    MembershipRolesChanged,
)
from claimdesk.access.models import Membership
from claimdesk.access.permissions import EDIT_MEMBERSHIPS, MANAGE_TEAM
from claimdesk.access.queries.belonging import refuse_unless_may_belong
from claimdesk.access.queries.denials import was_denied
from claimdesk.access.queries.members import members
from claimdesk.customers.actions.writing import locked
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.record import record
from claimdesk.people.models import User


@transaction.atomic
def grant_membership(user: User, *, customer: Customer, roles: Iterable[str], by: Actor) -> Membership:
    """Let `user` act for `customer`, by the hand of staff; also after a denial, which is recorded as an override.

    A pending account claim on it is settled in the same transaction (A58).
    Refuses: `staff_cannot_belong`, `customer_inactive`, `customer_merged`, `already_a_member`.
    Records: MembershipGranted.
    """
    by.require(EDIT_MEMBERSHIPS)
    row = locked(customer, by=by)
    refuse_unless_may_belong(user, row)
    is_override = was_denied(user, row)
    membership = write_membership(user, row, roles=roles, granted=Membership.Granted.BY_HAND, by=by)
    settle_pending(user, row, by)
    fact = MembershipGranted(
        user_id=user.pk,
        user=user.name,
        customer_id=row.pk,
        customer=row.name,
        roles=membership.roles,
        is_override=is_override,
    )
    record(fact, about=user, customer=row, by=by)
    return membership


@transaction.atomic
def change_roles(membership: Membership, *, roles: Iterable[str], by: Actor) -> Membership:
    """Set the roles of a member.

    Refuses: `last_manager`, `not_a_member`.
    Records: MembershipRolesChanged.
    """
    row = _held(membership, by=by)
    wanted = set(roles)
    before = row.roles
    if row.is_manager and "manager" not in wanted:
        _refuse_if_last_manager(row, by=by)
    for role in ("buyer", "service", "manager"):
        setattr(row, f"is_{role}", role in wanted)
    row.save(update_fields=["is_buyer", "is_service", "is_manager"])
    fact = MembershipRolesChanged(row.user_id, row.user.name, row.customer.name, before, row.roles)
    record(fact, about=row.user, customer=row.customer, by=by)
    return row


@transaction.atomic
def change_order_limit(membership: Membership, *, limit: int | None, by: Actor) -> Membership:
    """Set how much a member may order at once without a manager's approval; None is as much as he likes (O22).

    Takes: `limit`, minor units of the seller's currency.
    Refuses: `not_a_member`.
    Records: MembershipLimitChanged.
    """
    row = _held(membership, by=by)
    before, row.order_limit = row.order_limit, limit
    row.save(update_fields=["order_limit"])
    fact = MembershipLimitChanged(row.user_id, row.user.name, row.customer.name, before, limit)
    record(fact, about=row.user, customer=row.customer, by=by)
    return row


@transaction.atomic
def remove_membership(membership: Membership, *, by: Actor) -> Membership:
    """Take a member's access away, at once; other memberships of the user stay (A83).

    Refuses: `last_manager`, `not_a_member`.
    Records: MembershipRemoved.
    """
    row = _held(membership, by=by)
    if row.is_manager:
        _refuse_if_last_manager(row, by=by)
    write_removal(row)
    fact = MembershipRemoved(row.user_id, row.user.name, row.customer.name)
    record(fact, about=row.user, customer=row.customer, by=by)
    return row


def _held(membership: Membership, *, by: Actor) -> Membership:
    """Return the membership as it is now, with its customer held, if `by` may change it."""
    is_manager_there = by.may(MANAGE_TEAM) and by.customer_id == membership.customer_id and not by.is_acting
    if not (is_manager_there or by.may(EDIT_MEMBERSHIPS)):
        raise NotAllowed(MANAGE_TEAM)
    customer = locked(membership.customer, by=by)
    row = members(customer).filter(pk=membership.pk).first()
    if row is None:
        raise Refused("not_a_member", _("This person does not belong to the account any more."))
    row.customer = customer
    return row


def _refuse_if_last_manager(membership: Membership, *, by: Actor) -> None:
    if by.may(EDIT_MEMBERSHIPS):
        return  # staff keep a veto (A83)
    others = members(membership.customer).filter(is_manager=True, user__is_active=True)
    if not others.exclude(pk=membership.pk).exists():
        raise Refused("last_manager", _("The account needs a manager. Make somebody else manager first."))
