"""Tables of conversations: threads, messages, and mail that goes out."""

from django.conf import settings
from django.db import models

from claimdesk.kernel.clock import now


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
    SMTP is configured. `words` are the server's last words.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "queued"
        SENT = "sent", "sent"
        KEPT = "kept", "kept"
        FAILED = "failed", "failed"

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
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    is_test = models.BooleanField(default=False)
    attempts = models.JSONField(default=list)
    words = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="mail_created"),
            models.Index(fields=["state", "-created_at", "-id"], name="mail_state"),
            models.Index(fields=["key", "-created_at", "-id"], name="mail_key"),
            models.Index(fields=["subject_key"], name="mail_subject"),
            models.Index(fields=["user_id", "-id"], name="mail_user"),
            models.Index(fields=["customer_id", "-id"], name="mail_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.key} to {self.to}"
