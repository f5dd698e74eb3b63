"""What was said about a subject. Who may see the subject is asked of the subject's own room."""

from django.db import models
from django.db.models import QuerySet

from claimdesk.conversations.models import Message
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import subject_key


def messages_about(about: models.Model, *, actor: Actor) -> QuerySet[Message]:
    """Return the messages of the thread about a row, oldest first; internal ones are for staff."""
    messages = Message.objects.filter(thread__subject=subject_key(about)).order_by("id")
    return messages if actor.is_staff and not actor.is_acting else messages.filter(is_internal=False)
