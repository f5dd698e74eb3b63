"""Events of memberships, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("membership.granted", _("{actor} gave {user} access to {customer}"), personal=("user",))
class MembershipGranted:
    """`is_override`: staff let somebody in whose account claim was denied before (A47)."""

    user_id: int
    user: str
    customer_id: int
    customer: str
    roles: list[str]
    is_override: bool = False


@event("membership.roles_changed", _("{actor} changed the roles of {user} at {customer}"), personal=("user",))
class MembershipRolesChanged:
    user_id: int
    user: str
    customer: str
    before: list[str]
    after: list[str]


@event(
    "membership.limit_changed",
    _("{actor} changed how much {user} may order for {customer}"),
    personal=("user",),
)
class MembershipLimitChanged:
    """`before` and `after` are minor units of the seller's currency; None is no limit (O22)."""

    user_id: int
    user: str
    customer: str
    before: int | None
    after: int | None


@event("membership.removed", _("{actor} took {user}'s access to {customer} away"), personal=("user",))
class MembershipRemoved:
    user_id: int
    user: str
    customer: str


@event("membership.moved", _("{actor} moved {user} from {before} to {after}"), personal=("user",))
class MembershipMoved:
    """`kept_old`: the access to the earlier customer was kept on purpose (A70)."""

    user_id: int
    user: str
    before_id: int
    before: str
    after_id: int
    after: str
    kept_old: bool
