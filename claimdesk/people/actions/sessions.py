"""Sessions are ended, one or all others."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from claimdesk.kernel.actor import Actor
from claimdesk.ledger.record import record
from claimdesk.people.events import SessionsEnded
from claimdesk.people.models import User


@transaction.atomic
def end_sessions(user: User, *, only: int | None = None, keep: str | None = None, by: Actor) -> int:
    """End one's own sessions: `user` is signed out there with his next click (A81).

    Takes: `only`, the key of the one session to end; `keep`, the session key of one that stays.
    Returns: how many ended.
    Records: SessionsEnded, if any did.
    """
    by.require_self(user.pk)
    sessions = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    ending = list(sessions.filter(pk=only) if only is not None else sessions)
    for session in ending:
        session.end()
    if ending:
        record(SessionsEnded(user_id=user.pk, user=user.name, count=len(ending)), about=user, by=by)
    return len(ending)
