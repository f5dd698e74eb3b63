"""Tables of conversations: threads, messages, and mail that goes out."""

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


class OutgoingMail(models.Model):
    """One mail, stored before it is sent.

    `key` is the system e-mail's ("account_claim_approved"). `once` makes composing safe to repeat: one mail per
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
