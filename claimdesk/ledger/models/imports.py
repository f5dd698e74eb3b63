"""Imports: files of rows that were taken, with their counts; each row taken bears the import's number."""

from django.db import models
from django.utils.translation import gettext_lazy

from claimdesk.kernel.clock import now


class Import(models.Model):
    """One run of an importer over one file.

    `mapping` is the mapping file as JSON. Counts are rows. `rejects` is the path, in file storage, of the CSV
    of refused rows with the reason.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", gettext_lazy("uploaded")
        RUNNING = "running", gettext_lazy("running")
        DONE = "done", gettext_lazy("done")
        FAILED = "failed", gettext_lazy("failed")

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=255)
    file = models.CharField(max_length=255, blank=True)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    is_dry_run = models.BooleanField(default=False)
    read = models.BigIntegerField(default=0)
    new = models.BigIntegerField(default=0)
    changed = models.BigIntegerField(default=0)
    same = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    rejects = models.CharField(max_length=255, blank=True)
    error = models.TextField(blank=True)
    job_id = models.BigIntegerField(null=True)
    started_by_id = models.BigIntegerField(null=True)
    started_by_name = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"], name="import_created")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
