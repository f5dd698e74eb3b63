"""Writers of messages that several actions share; they record nothing."""

from django.db import models

from claimdesk.conversations.models import Message, Thread
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import subject_key


def write_message(about: models.Model, *, body: str, is_internal: bool = False, by: Actor) -> Message:
    """Add a message to the thread about a row; the first message makes the thread."""
    thread, _made = Thread.objects.get_or_create(subject=subject_key(about))
    return Message.objects.create(
        thread=thread,
        author_id=by.id,
        author_name=by.name,
        is_from_staff=by.is_staff,
        is_internal=is_internal,
        body=body.strip(),
    )
