"""What a user says of himself, and how he wants things shown."""

import secrets
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.people.events import ProfileChanged
from claimdesk.people.models import User

OWN_FIELDS = (
    "name",
    "title",
    "username",
    "language",
    "date_format",
    "time_zone",
    "theme",
    "photo",
    "muted_pages",
    "muted_mails",
    "comment_mails",
)


@transaction.atomic
def change_profile(user: User, *, fields: dict[str, Any], by: Actor) -> list[str]:
    """Change what of `fields` differs (A85).

    Takes: `fields`, any of OWN_FIELDS.
    Returns: the names of the fields that changed.
    Refuses: `username_taken`.
    Records: ProfileChanged, if something did.
    """
    by.require_self(user.pk)
    if unknown := set(fields) - set(OWN_FIELDS):
        raise ValueError(f"not one's own to change: {unknown}")
    changed = [name for name, value in fields.items() if getattr(user, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(user, name, fields[name])
    try:
        with transaction.atomic():
            user.save(update_fields=changed)
    except IntegrityError as error:
        raise Refused("username_taken", _("Somebody has this username already.")) from error
    record(ProfileChanged(user_id=user.pk, user=user.name, fields=", ".join(changed)), about=user, by=by)
    return changed


@transaction.atomic
def change_photo(user: User, *, picture: bytes | None, by: Actor) -> None:
    """Set or remove the photo.

    Takes: `picture`, as `photos.draw_photo` made it, or None.
    Records: ProfileChanged, if something did.
    """
    earlier = user.photo
    kept = ""
    if picture is not None:
        kept = default_storage.save(f"photos/{secrets.token_hex(16)}.jpg", ContentFile(picture))
    change_profile(user, fields={"photo": kept}, by=by)
    if earlier:
        transaction.on_commit(lambda: default_storage.delete(earlier))
