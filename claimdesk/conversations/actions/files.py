"""Files about subjects: they come, are looked at by the virus scanner, and go, leaving a trace."""

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from claimdesk.conversations.actions.writing import write_files
from claimdesk.conversations.events import FileRefused, FileRemoved, FilesAttached
from claimdesk.conversations.files.storing import KeptFile, discard
from claimdesk.conversations.files.taking import MOST_BYTES_OF_SUBJECT, MOST_FILES
from claimdesk.conversations.models import File
from claimdesk.conversations.permissions import SCAN_FILES
from claimdesk.conversations.queries.files import SHOWN, may_remove
from claimdesk.conversations.queries.subjects import require_attach
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import subject_key
from claimdesk.ledger.record import record

State = File.State


@transaction.atomic
def attach_files(about: models.Model, files: Sequence[KeptFile], *, by: Actor) -> list[File]:
    """Attach files to a row: all of them or none.

    With a virus scanner they wait until it has looked at them.
    Refuses: `too_many_files`, `too_many_bytes`, and what the subject's own room says.
    Records: FilesAttached.
    """
    _hold(about)
    require_attach(about, by)
    _refuse_too_much(about, files)
    attached = write_files(about, files, by=by)
    names = ", ".join(file.name for file in attached)
    record(FilesAttached([file.pk for file in attached], names), about=about, by=by)
    return attached


@transaction.atomic
def remove_file(file: File, *, about: models.Model, by: Actor) -> None:
    """Remove a file: what it held goes for good, that it was there stays.

    Refuses: `file_gone`, and what the subject's own room says.
    Records: FileRemoved.
    """
    _hold(about)
    require_attach(about, by)
    if file.subject != subject_key(about) or not may_remove(file, by):
        raise NotAllowed("conversations.remove_file")
    move(file, to=State.REMOVED, removed_at=now(), removed_by_name=by.name)
    _discard_later(file)
    record(FileRemoved(file.pk, file.name, file.digest), about=about, by=by)


@transaction.atomic
def pass_file(file: File, *, by: Actor) -> None:
    """Show a file in which the virus scanner found nothing.

    Refuses: `file_gone`.
    Records: nothing; that it was attached is in history.
    """
    by.require(SCAN_FILES)
    move(file, to=State.READY)


@transaction.atomic
def refuse_file(file: File, *, about: models.Model, words: str, by: Actor) -> None:
    """Show a file to nobody in which the virus scanner found something; what it held goes for good.

    Refuses: `file_gone`.
    Records: FileRefused.
    """
    by.require(SCAN_FILES)
    move(file, to=State.INFECTED, words=words[:200])
    _discard_later(file)
    record(FileRefused(file.pk, file.name, file.digest, words[:200]), about=about, by=by)


def _hold(about: models.Model) -> None:
    """Hold the row before it is asked: nothing comes to what is closed at this moment, nor two to the last place."""
    type(about)._default_manager.select_for_update().order_by().filter(pk=about.pk).only("pk").first()


def _refuse_too_much(about: models.Model, files: Sequence[KeptFile]) -> None:
    there = File.objects.filter(subject=subject_key(about), state__in=SHOWN)
    sums = there.aggregate(files=Count("pk"), bytes=Sum("size"))
    if sums["files"] + len(files) > MOST_FILES:
        raise Refused("too_many_files", _("At most %(most)d files can be attached.") % {"most": MOST_FILES})
    if (sums["bytes"] or 0) + sum(len(file.taken.content) for file in files) > MOST_BYTES_OF_SUBJECT:
        most = MOST_BYTES_OF_SUBJECT >> 20
        raise Refused(
            "too_many_bytes", _("Files of at most %(most)d MB in all can be attached.") % {"most": most}
        )


def _discard_later(file: File) -> None:
    names = (file.kept_as, file.thumbnail_kept_as)
    transaction.on_commit(lambda: discard(names))
