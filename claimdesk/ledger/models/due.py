"""Work that is due: rows with a due time, a lease and attempts; and the workers that do it."""

from typing import ClassVar

from django.db import models

from claimdesk.kernel.clock import now
from claimdesk.ledger.models.event import Event


class Due(models.Model):
    """One piece of work. A worker holds it while `leased_until` lies ahead; a dead worker's lease runs out."""

    class State(models.TextChoices):
        DUE = "due", "due"
        DONE = "done", "done"
        GIVEN_UP = "given_up", "given up"
        CANCELED = "canceled", "canceled"

    MOST_ATTEMPTS: ClassVar[int] = 12  # some two days, by the courier's delays

    state = models.CharField(max_length=10, choices=State, default=State.DUE)
    due_at = models.DateTimeField(default=now)
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Delivery(Due):
    """One reaction to one event, tried alone, retried with backoff, safe to repeat."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    reaction = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="delivery_once")]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="due"), name="delivery_due"),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of {self.event_id}"


class Job(Due):
    """Work that somebody asked for through the django-tasks interface, with progress.

    `done` and `total` count what the job counts (rows, pairs); `total` is 0 while unknown. `result` is JSON.
    `arguments` holds the task's `args` and `kwargs`. `key` keeps a second one of its kind from being asked for.
    """

    MOST_ATTEMPTS = 3  # somebody is waiting

    task = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    key = models.CharField(max_length=80, blank=True)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    message = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state="due") & ~models.Q(key=""), name="job_key_once"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="due"), name="job_due")]

    def __str__(self) -> str:
        return f"{self.task} {self.pk}"


class Timer(Due):
    """Something that is to happen to a subject at a time ("account_claim.reminder")."""

    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=models.Q(state="due"), name="timer_once"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(state="due"), name="timer_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Worker(models.Model):
    """A worker process, as long as it shows signs of life."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField(default=now)
    seen_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return self.name
