"""Tables of conversations: threads, messages, files, and mail that goes out."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused


class Thread(models.Model):
    """The conversation about one subject, known by its key ("account_claim/42")."""

    subject = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.subject


class Message(models.Model):
    """One message of a thread. Internal ones are for staff and never leave the house."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=120)
    is_from_staff = models.BooleanField(default=False)
    is_internal = models.BooleanField(default=False)
    body = models.TextField()
    created_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["thread", "id"], name="message_thread")]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.body[:40]}"


class WaitingComment(models.Model):
    """A comment that waits to be mailed to somebody who wants them bundled (E9)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "user"], name="waiting_comment_once")]

    def __str__(self) -> str:
        return f"{self.message_id} for {self.user_id}"


class File(models.Model):
    """One file about a subject, known by its key ("reclamation/42"). What is removed leaves its row as a trace.

    `kept_as` and `thumbnail_kept_as` are names in the storage, which no address leads to. A waiting file is
    still to be looked at by the virus scanner and shown to nobody; `words` are the scanner's.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("Waiting for the virus scanner")
        READY = "ready", gettext_lazy("Ready")
        INFECTED = "infected", gettext_lazy("Refused by the virus scanner")
        REMOVED = "removed", gettext_lazy("Removed")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.WAITING: (State.READY, State.INFECTED, State.REMOVED),
        State.READY: (State.REMOVED,),
    }

    subject = models.CharField(max_length=80)
    name = models.CharField(max_length=160)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    kept_as = models.CharField(max_length=120)
    thumbnail_kept_as = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    words = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_by_name = models.CharField(max_length=120)
    is_from_staff = models.BooleanField(default=False)
    added_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)
    removed_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="file_subject"),
            models.Index(fields=["digest"], name="file_digest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Tell whether the file was drawn anew by us, so that it may be shown in a page."""
        return bool(self.thumbnail_kept_as)

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    def refuse_move(self, to: str) -> Refused:
        return Refused("file_gone", _("This file is gone already."))


class OutgoingMail(models.Model):
    """One mail, stored before it is sent.

    `key` is the system e-mail's ("account_claim_approved"); one that a person of staff wrote has a `sender_name`. `once` makes composing safe to repeat: one mail per
    event, key and recipient. `secrets` lists the links and codes in the text, blotted out for readers once
    SMTP is configured, and here at `secrets_blotted_at` once sent. `attempts` are [{at, outcome, words,
    accepted}], `attempts_before` how many were made before it was sent again by hand. `words` are the server's
    last words.
    """

    class State(models.TextChoices):
        QUEUED = "queued", gettext_lazy("Queued")
        SENT = "sent", gettext_lazy("Sent")
        KEPT = "kept", gettext_lazy("Kept")
        FAILED = "failed", gettext_lazy("Failed")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.QUEUED: (State.SENT, State.FAILED),
        State.SENT: (State.QUEUED,),
        State.KEPT: (State.QUEUED,),
        State.FAILED: (State.QUEUED,),
    }

    key = models.CharField(max_length=60)
    once = models.CharField(max_length=200, unique=True)
    event_id = models.BigIntegerField(null=True)
    customer_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    subject_key = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, blank=True)
    sender_id = models.BigIntegerField(null=True)
    sender_name = models.CharField(max_length=120, blank=True)
    to = models.CharField(max_length=320)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    secrets = models.JSONField(default=list)
    secrets_blotted_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    is_test = models.BooleanField(default=False)
    attempts = models.JSONField(default=list)
    attempts_before = models.PositiveSmallIntegerField(default=0)
    words = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="mail_created"),
            models.Index(fields=["state", "-created_at", "-id"], name="mail_state"),
            models.Index(fields=["key", "-created_at", "-id"], name="mail_key"),
            models.Index(fields=["to"], name="mail_to", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["subject_key"], name="mail_subject"),
            models.Index(fields=["user_id", "-id"], name="mail_user"),
            models.Index(fields=["customer_id", "-id"], name="mail_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.key} to {self.to}"

    def refuse_move(self, to: str) -> Refused:
        return Refused("still_queued", _("This mail is on its way already."))
