"""Policies: what the seller covers, for whom and how long (U5)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from claimdesk.catalog.models import Category, Product
from claimdesk.kernel.clock import now
from claimdesk.warranty.models.unit import Unit


class Policy(models.Model):
    """One policy; what its fields mean stands at `warranty.coverage.PolicyFacts`.

    One that is not active counts for nothing any more; claims keep what it gave.
    """

    class Kind(models.TextChoices):
        BASE = "base", gettext_lazy("Base")
        PARTS = "parts", gettext_lazy("Parts")
        EXTENDED = "extended", gettext_lazy("Extended")
        GOODWILL = "goodwill", gettext_lazy("Goodwill")
        RECALL = "recall", gettext_lazy("Recall")

    class Start(models.TextChoices):
        DELIVERY = "delivery", gettext_lazy("Delivery")
        INVOICE = "invoice", gettext_lazy("Invoice")
        SHIPMENT = "shipment", gettext_lazy("Shipment")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.BASE)
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="policies"
    )
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.CASCADE, related_name="policies"
    )
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="policies")
    region = models.CharField(max_length=2, blank=True)
    start = models.CharField(max_length=10, choices=Start, default=Start.DELIVERY)
    months = models.PositiveSmallIntegerField()
    fallback_months = models.PositiveSmallIntegerField(null=True, blank=True)
    latest_start_months = models.PositiveSmallIntegerField(null=True, blank=True)
    meter_limit = models.PositiveIntegerField(null=True, blank=True)
    carry_over_months = models.PositiveSmallIntegerField(default=0)
    offered_from_on = models.DateField(null=True, blank=True)
    offered_until_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint("external_id", condition=~Q(external_id=""), name="policy_external_once"),
            models.CheckConstraint(
                condition=Q(product=None, category=None)
                | Q(product=None, unit=None)
                | Q(category=None, unit=None),
                name="policy_meant_for_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(offered_from_on=None)
                | Q(offered_until_on=None)
                | Q(offered_until_on__gte=F("offered_from_on")),
                name="policy_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
