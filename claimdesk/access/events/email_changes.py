"""Events of changes of one's e-mail address, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event(
    "email_change.asked",
    _("{user} wants to change the address {old} to {new}"),
    personal=("user", "old", "new"),
)
class EmailChangeAsked:
    """The code goes to the new address (email_change_verify), a way to cancel to the old (email_change_notice)."""

    email_change_id: int
    user_id: int
    user: str
    old: str
    new: str


@event(
    "email_change.address_taken",
    _("{user} wanted the address {new}, which another user has"),
    personal=("user", "new"),
)
class EmailChangeAddressTaken:
    """The owner of the address is told (registration_attempt); the one who tried sees what all see (A18)."""

    email_change_id: int
    user_id: int
    user: str
    owner_id: int
    new: str


@event(
    "email_change.confirmed",
    _("{user} changed the address {old} to {new}"),
    personal=("user", "old", "new"),
)
class EmailChangeConfirmed:
    email_change_id: int
    user_id: int
    user: str
    old: str
    new: str


@event(
    "email_change.canceled",
    _("The change of {user}'s address to {new} was canceled"),
    personal=("user", "new"),
)
class EmailChangeCanceled:
    """Password, sessions and newer second factors are gone; `was_confirmed` tells that the old address is back."""

    email_change_id: int
    user_id: int
    user: str
    new: str
    was_confirmed: bool
