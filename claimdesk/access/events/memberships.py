"""Events of memberships, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("membership.granted", _("{actor} gave {user} access to {customer} ({how})"), personal=("user",))
class MembershipGranted:
    user: str
    customer: str
    roles: list[str]
    how: str
    is_override: bool = False


@event("membership.removed", _("{actor} took {user}'s access to {customer} away"), personal=("user",))
class MembershipRemoved:
    user: str
    customer: str
