"""Attaching as doors do it: first the storage, then the rows in one transaction; nothing stays of what is refused."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import models

from claimdesk.conversations.actions.files import attach_files
from claimdesk.conversations.files.storing import KeptFile, discard, keep
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
    with kept(taken) as files:
        return attach_files(about, files, by=by)


@contextmanager
def kept(taken: Sequence[TakenFile]) -> Iterator[list[KeptFile]]:
    """Write files into the storage for the deed that follows; where that fails, they are discarded."""
    files = [keep(file) for file in taken]
    try:
        yield files
    except Exception:
        discard(name for file in files for name in (file.kept_as, file.thumbnail_kept_as))
        raise
