"""Events of people, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("user.created", _("{actor} made the user {user}"), personal=("user",))
class UserCreated:
    user_id: int
    user: str
    by_invitation: bool = False


@event("user.enabled", _("{actor} enabled the user {user}"), personal=("user",))
class UserEnabled:
    user_id: int
    user: str


@event("user.disabled", _("{actor} disabled the user {user}"), personal=("user",))
class UserDisabled:
    user_id: int
    user: str
