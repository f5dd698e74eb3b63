"""Attaching as doors do it: first the storage, then the rows in one transaction; nothing stays of what is refused."""

from collections.abc import Sequence

from django.db import models

from claimdesk.conversations.actions.files import attach_files
from claimdesk.conversations.files.storing import discard, keep
from claimdesk.conversations.files.taking import TakenFile
from claimdesk.conversations.models import File
from claimdesk.conversations.queries.subjects import require_attach
from claimdesk.kernel.actor import Actor


def attach(about: models.Model, taken: Sequence[TakenFile], *, by: Actor) -> list[File]:
    """Attach files to a row: all of them or none.

    Refuses: as `attach_files` does.
    """
    if not taken:
        return []
    require_attach(about, by)
    kept = [keep(file) for file in taken]
    try:
        return attach_files(about, kept, by=by)
    except Exception:
        discard(name for file in kept for name in (file.kept_as, file.thumbnail_kept_as))
        raise
