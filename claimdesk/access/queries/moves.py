"""What moving a user to another customer changes, shown before it is done (A70)."""

from dataclasses import dataclass

from claimdesk.access.models import AccountClaim, Membership
from claimdesk.access.queries.members import members
from claimdesk.customers.models import Customer


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What becomes visible and what is lost; `leaves_empty` if nobody is left at a web customer (A79)."""

    colleagues_gained: list[Membership]
    colleagues_lost: list[Membership]
    pending_settled: list[AccountClaim]
    leaves_without_manager: bool
    leaves_empty: bool


def move_preview(membership: Membership, to: Customer) -> MovePreview:
    """Return what a move of this membership to `to` would change."""
    left = list(members(membership.customer).exclude(pk=membership.pk))
    pending = AccountClaim.objects.filter(
        user_id=membership.user_id, customer=to, state=AccountClaim.State.PENDING
    )
    return MovePreview(
        colleagues_gained=list(members(to)),
        colleagues_lost=left,
        pending_settled=list(pending),
        leaves_without_manager=membership.is_manager and not any(m.is_manager for m in left),
        leaves_empty=not left and membership.customer.origin == Customer.Origin.REGISTRATION,
    )
