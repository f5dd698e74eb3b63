"""Writers of messages and of outgoing mail that several actions share; they record nothing."""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from claimdesk.conversations.files.storing import KeptFile
from claimdesk.conversations.models import File, Message, OutgoingMail, Thread
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import subject_key

SENDING = "outgoing_mail.send"
SCANNING = "file.scan"


def write_message(
    about: models.Model,
    *,
    body: str,
    is_internal: bool = False,
    files: Sequence[KeptFile] = (),
    by: Actor,
) -> Message:
    """Add a message to the thread about a row; the first message makes the thread.

    What staff write while they act for a customer is said on the customer's side.
    """
    thread, _made = Thread.objects.get_or_create(subject=subject_key(about))
    message = Message.objects.create(
        thread=thread,
        author_id=by.id,
        author_name=by.name,
        is_from_staff=by.is_staff and not by.is_acting,
        is_internal=is_internal,
        body=body.strip(),
    )
    write_files(message, files, by=by)
    return message


def write_files(about: models.Model, files: Sequence[KeptFile], *, by: Actor) -> list[File]:
    """Tie files to a row; with a virus scanner they wait until it has looked at them."""
    rows = [
        File(
            subject=subject_key(about),
            name=file.taken.name,
            mime=file.taken.kind.mime,
            size=len(file.taken.content),
            digest=file.taken.digest,
            kept_as=file.kept_as,
            thumbnail_kept_as=file.thumbnail_kept_as,
            state=File.State.WAITING if settings.SCANNER_URL else File.State.READY,
            added_by_id=by.id,
            added_by_name=by.name,
            is_from_staff=by.is_staff,
        )
        for file in files
    ]
    written = File.objects.bulk_create(rows)
    for file in written:
        if file.state == File.State.WAITING:
            set_scanning(file)
    return written


def new_message_id() -> str:
    """Return a Message-ID that nobody can guess (RFC 5322, 3.6.4)."""
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"<{secrets.token_urlsafe(24)}@{host}>"


def set_sending(mail: OutgoingMail, *, after: timedelta = timedelta(0)) -> None:
    """Have the worker send `mail`, now or later."""
    set_timer(SENDING, subject_key(mail), due_at=now() + after)


def set_scanning(file: File) -> None:
    """Have the worker show `file` to the virus scanner."""
    set_timer(SCANNING, subject_key(file), due_at=now())
