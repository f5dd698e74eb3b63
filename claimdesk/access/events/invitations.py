"""Events of invitations, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("invitation.sent", _("{actor} invited {email} to {customer}"), personal=("email",))
class InvitationSent:
    invitation_id: int
    email: str
    customer: str


@event("invitation.canceled", _("{actor} canceled the invitation of {email}"), personal=("email",))
class InvitationCanceled:
    invitation_id: int
    email: str
    customer: str


@event("invitation.accepted", _("{user} accepted the invitation to {customer}"), personal=("user",))
class InvitationAccepted:
    invitation_id: int
    user_id: int
    user: str
    customer: str
