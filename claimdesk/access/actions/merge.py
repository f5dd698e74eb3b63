"""Merge a duplicate into the customer that survives (A74)."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import settle_pending, write_membership, write_ways_in_closed
from claimdesk.access.events.customers import CustomersMerged
from claimdesk.access.models import Invitation, Membership
from claimdesk.customers.actions.writing import (
    MOVABLE,
    move_file_of_merged,
    write_aliases_of_merged,
    write_email_of_merged,
)
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Customer, DuplicatePair
from claimdesk.customers.permissions import MERGE_CUSTOMERS
from claimdesk.customers.queries.customers import require_own_customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record


@transaction.atomic
def merge_customers(
    loser: Customer,
    *,
    into: Customer,
    move: Iterable[str] = MOVABLE,
    joining: Iterable[int] = (),
    also_see: Iterable[int] = (),
    by: Actor,
) -> Customer:
    """Merge `loser` into the survivor `into`, which keeps its number and terms. No papers move.

    The merged customer becomes Inactive and points to the survivor, under which its number and name are found.
    Nobody sees more than before unless the reviewer says so: members of the loser belong to the survivor only
    if they are among `joining` (they then see both), the survivor's own see the merged papers only if they are
    among `also_see`. Pending account claims mean the survivor when they are decided (A53).
    Takes: `move`, what goes to the survivor's file, of MOVABLE; keys of users.
    Refuses: `same_customer`, `customer_merged`.
    Records: CustomersMerged.
    """
    by.require(MERGE_CUSTOMERS)
    gone, stays = _held(loser, into, by=by)
    merged_before = list(Customer.objects.filter(merged_into=gone).values_list("pk", flat=True))
    _close(gone, stays)
    write_aliases_of_merged(gone, stays)
    staying = _contacts_of_others(gone, frozenset(joining))
    moved = move_file_of_merged(gone, stays, frozenset(move), staying=staying)
    email = write_email_of_merged(gone, stays)
    papers = [gone.pk, *merged_before]
    seeing = _show_papers(stays, frozenset(also_see) | _members_of_both(gone, stays), papers)
    joined = _join(gone, stays, frozenset(joining), papers, by=by)
    _end(gone, stays, by=by)
    reindex([gone.pk, stays.pk])
    record(_fact(gone, stays, moved, email, joined, seeing), about=gone, customer=stays, by=by)
    return stays


def _held(loser: Customer, into: Customer, *, by: Actor) -> tuple[Customer, Customer]:
    """Return both rows, held in the order of their keys, so that two merges wait for each other."""
    if loser.pk == into.pk:
        raise Refused("same_customer", _("A customer is not merged into itself."))
    rows = Customer.objects.select_for_update(no_key=True).order_by("pk")
    held = {row.pk: row for row in rows.filter(pk__in=(loser.pk, into.pk))}
    for row in held.values():
        if row.merged_into_id is not None:
            raise Refused("customer_merged", _("%s was merged into another customer already.") % row.name)
        require_own_customer(row, by)
    return held[loser.pk], held[into.pk]


def _close(gone: Customer, stays: Customer) -> None:
    at = now()
    if gone.state != Customer.Status.INACTIVE:
        gone.state_changed_at = at
    gone.state, gone.merged_into, gone.updated_at = Customer.Status.INACTIVE, stays, at
    gone.save(update_fields=["state", "state_changed_at", "merged_into", "updated_at"])
    Customer.objects.filter(merged_into=gone).update(merged_into=stays)
    write_ways_in_closed(gone)


def _contacts_of_others(gone: Customer, joining: frozenset[int]) -> set[int]:
    """Return the contacts of members who do not join: on the survivor's file they would speak for them (A9)."""
    others = Membership.objects.filter(customer=gone).exclude(user__in=joining)
    return set(others.exclude(contact=None).values_list("contact_id", flat=True))


def _members_of_both(gone: Customer, stays: Customer) -> frozenset[int]:
    """Return who saw the papers of both before: they go on seeing them."""
    theirs = _active(gone).values("user")
    return frozenset(_active(stays).filter(user__in=theirs).values_list("user_id", flat=True))


def _show_papers(stays: Customer, users: frozenset[int], papers: list[int]) -> list[int]:
    """Let these members of the survivor see the papers of those merged; return their keys."""
    found = list(_active(stays).filter(user__in=users).order_by("user_id"))
    for membership in found:
        membership.sees_merged = sorted({*membership.sees_merged, *papers})
        membership.save(update_fields=["sees_merged"])
    return [membership.user_id for membership in found]


def _join(
    gone: Customer, stays: Customer, users: frozenset[int], papers: list[int], *, by: Actor
) -> list[int]:
    """Make these members of the merged customer members of the survivor, with their roles and papers."""
    already = _active(stays).values("user")
    found = list(_active(gone).filter(user__in=users).exclude(user__in=already).select_related("user"))
    for old in found:
        granted = Membership.Granted.MERGE
        membership = write_membership(old.user, stays, roles=old.roles, granted=granted, by=by)
        membership.sees_merged = sorted({*old.sees_merged, *papers})
        membership.save(update_fields=["sees_merged"])
        settle_pending(old.user, stays, by)
    return [old.user_id for old in found]


def _end(gone: Customer, stays: Customer, *, by: Actor) -> None:
    """End what belongs to the merged customer: memberships, open invitations, the pair itself."""
    at = now()
    _active(gone).update(state=Membership.State.REMOVED, ended_at=at)
    Invitation.objects.filter(customer=gone, state=Invitation.State.OPEN).update(
        state=Invitation.State.CANCELED
    )
    first, second = sorted((gone.pk, stays.pk))
    DuplicatePair.objects.filter(first=first, second=second).update(
        state=DuplicatePair.State.MERGED, decided_by_name=by.name, decided_at=at
    )


def _active(customer: Customer) -> QuerySet[Membership]:
    return Membership.objects.filter(customer=customer, state=Membership.State.ACTIVE)


def _fact(
    gone: Customer, stays: Customer, moved: dict[str, int], email: str, joined: list[int], seeing: list[int]
) -> CustomersMerged:
    return CustomersMerged(
        number=gone.number,
        name=gone.name,
        into_id=stays.pk,
        into_number=stays.number,
        into=stays.name,
        moved=moved,
        email=email,
        joined_ids=tuple(joined),
        also_see_ids=tuple(seeing),
    )
