"""Sessions in which staff act for a customer (A84)."""

from claimdesk.access.models import ActingSession
from claimdesk.kernel.actor import Actor


def acting_session_of(actor: Actor, key: int | None) -> ActingSession | None:
    """Return the session with that key if it is the actor's own."""
    sessions = ActingSession.objects.select_related("customer", "person")
    return sessions.filter(pk=key or 0, staff_id=actor.id or 0).first()
