"""The event: audit entry, line of the timeline and outbox in one row."""

from typing import Any

from django.db import models

from claimdesk.kernel.clock import now


class EventQuerySet(models.QuerySet["Event"]):
    """Events, by whom or what they are about."""

    def about(self, subject: Any) -> "EventQuerySet":
        """Return the events of one subject, a row or its key ("account_claim/42")."""
        key = subject if isinstance(subject, str) else subject_key(subject)
        return self.filter(subject=key)


class Event(models.Model):
    """One fact that happened, written in the transaction that made it true.

    `data` holds JSON values by the event's dataclass; what it calls personal stands in `names`, which erasure
    can overwrite. `expanded_at` is empty until the worker has made one Delivery per reaction.
    """

    kind = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    subject = models.CharField(max_length=80)
    customer_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    door = models.CharField(max_length=20)
    import_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    names = models.JSONField(default=dict)
    happened_at = models.DateTimeField(default=now)
    expanded_at = models.DateTimeField(null=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="event_subject"),
            models.Index(fields=["customer_id", "id"], name="event_customer"),
            models.Index(fields=["user_id", "id"], name="event_user"),
            models.Index(fields=["kind", "id"], name="event_kind"),
            models.Index(fields=["actor_id", "id"], name="event_actor"),
            models.Index(fields=["happened_at", "id"], name="event_happened"),
            models.Index(fields=["id"], condition=models.Q(expanded_at=None), name="event_unexpanded"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def actor_name(self) -> str:
        return str(self.names.get("actor", ""))

    @property
    def acting_for(self) -> str:
        return str(self.names.get("acting_for", ""))


def subject_key(row: models.Model) -> str:
    """Return the key of a row as the ledger and conversations know it ("account_claim/42").

    The class is asked of the row, for `request.user` is a lazy object that only says so when asked.
    """
    kind = "".join("_" + c.lower() if c.isupper() else c for c in row.__class__.__name__).lstrip("_")
    return f"{kind}/{row.pk}"
