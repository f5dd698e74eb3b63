"""The versions of the order process (O9, O11)."""

from django.db import models

from claimdesk.kernel.clock import now


class OrderProcess(models.Model):
    """One version of an order process, as its file was; it never changes. The one activated last is the active one."""

    name = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=now)
    created_by_name = models.CharField(max_length=120, blank=True)
    activated_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="order_process_version_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
