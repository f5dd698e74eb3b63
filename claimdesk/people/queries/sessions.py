"""Where one is signed in."""

from allauth.usersessions.models import UserSession

from claimdesk.people.models import User


def sessions_of(user: User) -> list[UserSession]:
    """Return the sessions that still hold, newest first; rows of ended ones go on the way."""
    sessions = UserSession.objects.purge_and_list(user)
    return sorted(sessions, key=lambda session: session.created_at, reverse=True)
