"""What a merge would do, told before it is done (A74)."""

from dataclasses import dataclass

from claimdesk.access.models import AccountClaim, Invitation, Membership
from claimdesk.access.queries.members import members
from claimdesk.customers.models import Customer


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Who and what a merge of `gone` into `stays` touches.

    `joinable` are members of the one that goes, `seeing` those of the survivor; `of_both` see both already.
    """

    gone: Customer
    stays: Customer
    joinable: list[Membership]
    seeing: list[Membership]
    of_both: list[Membership]
    pending_claims: int
    open_invitations: int
    contacts: int
    addresses: int
    domains: int


def merge_preview(gone: Customer, stays: Customer) -> MergePreview:
    """Return what a merge of `gone` into `stays` would touch."""
    theirs, ours = list(members(gone)), list(members(stays))
    people = {membership.user_id for membership in theirs}
    known = {membership.user_id for membership in ours}
    return MergePreview(
        gone=gone,
        stays=stays,
        joinable=[membership for membership in theirs if membership.user_id not in known],
        seeing=[membership for membership in ours if membership.user_id not in people],
        of_both=[membership for membership in ours if membership.user_id in people],
        pending_claims=AccountClaim.objects.filter(customer=gone, state=AccountClaim.State.PENDING).count(),
        open_invitations=Invitation.objects.filter(customer=gone, state=Invitation.State.OPEN).count(),
        contacts=gone.contacts.count(),
        addresses=gone.addresses.count(),
        domains=gone.domains.count(),
    )
