"""Writers of user rows that several actions share; they record nothing."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.db.models import Q

from claimdesk.kernel.clock import now
from claimdesk.kernel.permissions import STAFF_ROLES
from claimdesk.people.models import StaffRole, User


def write_user(*, password: str | None = None, password_hash: str = "", **fields: Any) -> User:
    """Insert a user. `password` is plain, or None for one that is to be set by link; or give its hash."""
    user = User(**fields)
    user.password = password_hash or make_password(password)
    user.save(force_insert=True)
    return user


def write_password(user: User, password: str) -> None:
    """Set a plain password; every session that knew the earlier one ends by it."""
    user.password = make_password(password)
    user.password_changed_at = now()
    user.must_change_password = False
    user.save(update_fields=["password", "password_changed_at", "must_change_password"])


def write_off_second_factors(user: User, *, since: datetime) -> int:
    """Remove the second factors and passkeys that `user` got since then, and all recovery codes; return how many.

    Older recovery codes go too: whoever was in the account may have read them.
    """
    readable = Q(type=Authenticator.Type.RECOVERY_CODES)
    removed, _by_kind = Authenticator.objects.filter(readable | Q(created_at__gte=since), user=user).delete()
    return removed


def write_built_in_roles() -> None:
    """Insert those of the built-in roles of staff that are missing."""
    missing = [StaffRole(key=key, name=key.title()) for key in STAFF_ROLES]
    StaffRole.objects.bulk_create(missing, ignore_conflicts=True)
