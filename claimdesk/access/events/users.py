"""Events of users whom staff make, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("user.made", _("{actor} made a sign-in for {user}"), personal=("user",))
class UserMade:
    """Login details follow by mail; `password_link_id` is the link in it."""

    user_id: int
    user: str
    is_staff: bool
    customer: str
    password_link_id: int
