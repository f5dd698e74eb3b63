"""Files about subjects. Who may see a subject may see its files; it is asked anew at every look (F3)."""

from collections.abc import Sequence

from django.db import models
from django.db.models import QuerySet

from claimdesk.conversations.models import File
from claimdesk.conversations.queries.subjects import subject_row
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import subject_key

SHOWN = (File.State.READY, File.State.WAITING, File.State.INFECTED)


def files_about(about: models.Model) -> QuerySet[File]:
    """Return the files about a row that the actor was shown, oldest first: also those that wait, for them to see
    that they came.
    """
    return File.objects.filter(subject=subject_key(about), state__in=SHOWN).order_by("id")


def files_of(rows: Sequence[models.Model]) -> dict[str, list[File]]:
    """Return the files about several rows that the actor was shown, by the key of the row, oldest first."""
    found: dict[str, list[File]] = {}
    keys = [subject_key(row) for row in rows]
    for file in File.objects.filter(subject__in=keys, state__in=SHOWN).order_by("id") if keys else ():
        found.setdefault(file.subject, []).append(file)
    return found


def file_about(pk: int, *, actor: Actor) -> tuple[File, models.Model] | None:
    """Return a file that can be seen or removed and its subject, if `actor` may see that."""
    file = File.objects.filter(pk=pk, state__in=SHOWN).first()
    about = subject_row(file.subject, actor=actor) if file else None
    return (file, about) if file and about is not None else None


def may_remove(file: File, actor: Actor) -> bool:
    """Tell whether `actor` may remove a file of a subject that he may attach to: his own, or as staff any."""
    return (actor.is_staff and not actor.is_acting) or (
        file.added_by_id is not None and file.added_by_id == actor.id
    )
