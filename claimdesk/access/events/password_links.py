"""Events of links that set a password, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("password_link.asked", _("{user} asked for a link to set a new password"), personal=("user",))
class PasswordLinkAsked:
    """The link is mailed (password_reset, or login_details when `purpose` says so)."""

    password_link_id: int
    user_id: int
    user: str
    purpose: str


@event(
    "password_link.refused", _("Somebody asked for a link to an address that no user has, or a disabled one")
)
class PasswordLinkRefused:
    """Nobody is told; it is kept so that asking takes as long as for an address that is known (A18)."""


@event("password_link.used", _("{user} set a password by a link"), personal=("user",))
class PasswordLinkUsed:
    """The owner is told (password_changed) unless it was his first password (`is_first`)."""

    password_link_id: int
    user_id: int
    user: str
    purpose: str
    is_first: bool
