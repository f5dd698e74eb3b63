"""Users changed, disabled and enabled by staff (A45, A68, A86)."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.people.events import PasswordForced, ProfileChanged, UserDisabled, UserEnabled
from claimdesk.people.models import User
from claimdesk.people.permissions import EDIT_STAFF, EDIT_USERS
from claimdesk.people.queries.administrators import refuse_if_last_administrator

FIELDS = ("name", "username", "title", "language")


@transaction.atomic
def change_user(user: User, *, fields: dict[str, Any], by: Actor) -> User:
    """Change name, username, title or language of somebody. The e-mail address is his own to change (A82).

    Refuses: `username_taken`.
    Records: ProfileChanged, or nothing where nothing changes.
    """
    _require(user, by)
    if unknown := set(fields) - set(FIELDS):
        raise ValueError(f"not for staff to change: {unknown}")
    changed = {name: value for name, value in fields.items() if getattr(user, name) != value}
    if not changed:
        return user
    for name, value in changed.items():
        setattr(user, name, value)
    try:
        with transaction.atomic():
            user.save(update_fields=list(changed))
    except IntegrityError as error:
        raise Refused("username_taken", _("This username is taken.")) from error
    record(ProfileChanged(user.pk, user.name, ", ".join(sorted(changed))), about=user, by=by)
    return user


@transaction.atomic
def disable_user(user: User, *, by: Actor) -> None:
    """Let a user sign in no more; he is out at once, memberships stay for the day he is enabled.

    Refuses: `own_user`, `last_administrator`, `already_disabled`.
    Records: UserDisabled.
    """
    _require(user, by)
    if user.pk == by.id:
        raise Refused("own_user", _("You cannot disable yourself."))
    refuse_if_last_administrator(user)
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise Refused("already_disabled", _("This user is disabled already."))
    user.is_active = False
    record(UserDisabled(user.pk, user.name), about=user, by=by)


@transaction.atomic
def enable_user(user: User, *, by: Actor) -> None:
    """Let a disabled user sign in again.

    Refuses: `already_enabled`.
    Records: UserEnabled.
    """
    _require(user, by)
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise Refused("already_enabled", _("This user is enabled already."))
    user.is_active = True
    record(UserEnabled(user.pk, user.name), about=user, by=by)


@transaction.atomic
def force_new_password(user: User, *, by: Actor) -> None:
    """Have the user choose a new password at the next sign-in (A86).

    Records: PasswordForced.
    """
    _require(user, by)
    User.objects.filter(pk=user.pk).update(must_change_password=True)
    user.must_change_password = True
    record(PasswordForced(user.pk, user.name), about=user, by=by)


def _require(user: User, by: Actor) -> None:
    """Staff are for administrators to change."""
    by.require(EDIT_STAFF if user.is_staff else EDIT_USERS)
