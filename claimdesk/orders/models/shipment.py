"""What left the house (O16)."""

from typing import Any

from django.db import models
from django.db.models import Q

from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import QuantityField
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models.line import NOTHING, OrderLine
from claimdesk.orders.models.order import Order


class Shipment(models.Model):
    """A consignment of an order; `return_by` is the last day on which it may come back."""

    number = models.CharField(max_length=40)
    number_folded = models.CharField(max_length=40, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="shipments")
    carrier = models.CharField(max_length=80, blank=True)
    tracking_number = models.CharField(max_length=80, blank=True)
    shipped_on = models.DateField()
    delivered_on = models.DateField(null=True, blank=True)
    return_by_on = models.DateField(null=True, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_folded"], name="shipment_number_once", opclasses=["varchar_pattern_ops"]
            ),
            models.UniqueConstraint(
                "external_id", condition=~Q(external_id=""), name="shipment_external_once"
            ),
        ]
        indexes = [models.Index(fields=["-shipped_on", "-id"], name="shipment_shipped")]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded key; writers that go past save() call it themselves."""
        self.number_folded = fold_number(self.number) or self.number


class ShipmentItem(models.Model):
    """The quantity of a line in a shipment."""

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="items", db_index=False)
    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="shipment_items")
    quantity = QuantityField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shipment", "line"], name="shipment_item_once"),
            models.CheckConstraint(condition=Q(quantity__gt=NOTHING), name="shipment_item_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id}: {self.quantity} of {self.line_id}"
