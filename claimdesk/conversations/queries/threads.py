"""What was said about a subject. Who may see the subject is asked of the subject's own room."""

from django.db import models
from django.db.models import QuerySet

from claimdesk.conversations.models import Message, OutgoingMail, WaitingComment
from claimdesk.conversations.queries.scope import shown_mails, shown_messages
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import subject_key


def messages_about(about: models.Model, *, actor: Actor) -> QuerySet[Message]:
    """Return the messages of the thread about a row, oldest first; internal ones are for staff."""
    return shown_messages(actor).filter(thread__subject=subject_key(about)).order_by("id")


def mails_about(about: models.Model, *, actor: Actor) -> QuerySet[OutgoingMail]:
    """Return the mails about a row, newest first: to the customer's people those that went to their side."""
    return shown_mails(about, actor=actor).order_by("-id")


def message_with_id(key: int) -> Message | None:
    """Return the message with that key and its thread, for what follows from an event."""
    return Message.objects.select_related("thread").filter(pk=key).first()


def writers_about(about: models.Model) -> list[int]:
    """Return the keys of those of the customer's side who commented on a row."""
    comments = Message.objects.filter(thread__subject=subject_key(about), is_from_staff=False)
    return list(comments.exclude(author=None).order_by().values_list("author_id", flat=True).distinct())


def waiting_comments(user_id: int) -> list[Message]:
    """Return the comments that wait to be mailed to a person, oldest first."""
    waiting = WaitingComment.objects.filter(user_id=user_id).order_by("message_id")
    return [row.message for row in waiting.select_related("message__thread")]
