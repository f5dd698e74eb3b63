"""Writers of user rows that several actions share; they record nothing."""

from typing import Any

from django.contrib.auth.hashers import make_password

from claimdesk.people.models import User


def write_user(*, password: str | None = None, **fields: Any) -> User:
    """Insert a user. `password` is plain, or None for one that is to be set by link."""
    user = User(**fields)
    user.password = make_password(password)
    user.save(force_insert=True)
    return user
