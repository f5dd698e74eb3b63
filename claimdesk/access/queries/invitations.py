"""Invitations: those of a customer, and the one that a link proves."""

from datetime import timedelta

from django.db.models import QuerySet

from claimdesk.access.models import Invitation
from claimdesk.customers.models import Customer
from claimdesk.kernel import tokens
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.queries.timeline import latest_events

PURPOSE = "invitation"


def token_of(invitation: Invitation) -> str:
    """Return the token of the link in the mail."""
    return tokens.token(PURPOSE, invitation.pk, invitation.nonce)


def invitation_by_token(token: str) -> Invitation | None:
    """Return the invitation that the token proves, though it may be over; ask `is_usable`."""
    row = Invitation.objects.select_related("customer").filter(pk=tokens.key_of(token) or 0).first()
    return row if row is not None and tokens.matches(token, token_of(row)) else None


def invitation_with_id(key: int) -> Invitation | None:
    """Return the invitation with that key, for the mail that carries it."""
    return Invitation.objects.select_related("customer").filter(pk=key).first()


def is_usable(invitation: Invitation) -> bool:
    """Tell whether the invitation can still be accepted."""
    return invitation.state == Invitation.State.OPEN and invitation.expires_at > now()


def invitations_sent_by(actor: Actor, *, within: timedelta) -> int:
    """Return how many invitations a person sent lately, those sent anew included."""
    sent = latest_events().filter(kind="invitation.sent", actor_id=actor.id)
    return sent.filter(happened_at__gt=now() - within).count()


def open_invitations(customer: Customer) -> QuerySet[Invitation]:
    """Return the invitations of a customer that wait for an answer, newest first."""
    return Invitation.objects.filter(customer=customer, state=Invitation.State.OPEN).order_by("-created_at")
