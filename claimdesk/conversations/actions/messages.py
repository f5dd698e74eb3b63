"""What is said about a subject: comments that both sides read, notes that only staff do (W8)."""

from collections.abc import Sequence

from django.db import models, transaction
from django.utils.translation import gettext as _

from claimdesk.conversations.actions.writing import write_message
from claimdesk.conversations.events import MessageAdded, NoteAdded
from claimdesk.conversations.files.storing import KeptFile
from claimdesk.conversations.models import Message
from claimdesk.conversations.queries.subjects import require_write
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record

LONGEST = 10_000


@transaction.atomic
def add_message(
    about: models.Model,
    *,
    body: str,
    is_internal: bool = False,
    files: Sequence[KeptFile] = (),
    by: Actor,
) -> Message:
    """Comment on a row, or leave an internal note at it. What is closed takes comments still; nothing reopens it.

    Refuses: `nothing_said`, `too_long`.
    Records: MessageAdded or NoteAdded.
    """
    require_write(about, by, is_internal=is_internal)
    if not body.strip():
        raise Refused("nothing_said", _("Please write something first."))
    if len(body) > LONGEST:
        raise Refused("too_long", _("Please write at most %(most)d characters.") % {"most": LONGEST})
    message = write_message(about, body=body, is_internal=is_internal, files=files, by=by)
    fact = NoteAdded if is_internal else MessageAdded
    record(fact(message.pk, len(files)), about=about, by=by)
    return message
