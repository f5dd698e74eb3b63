"""The money of an order beside that of its lines: freight, and what was paid in advance (O18)."""

from django.db import models
from django.db.models import F, Q

from claimdesk.orders.models.order import Order


class OrderBalance(models.Model):
    """Sums of an order in minor units, tax inside; whoever changes money of the order holds this row first.

    `advance` was paid before an invoice asked for it, and is neither used by an invoice nor paid out. The freight's sums
    are as those of a line's allotment.
    """

    order = models.OneToOneField(Order, primary_key=True, on_delete=models.CASCADE, related_name="balance")
    advance = models.BigIntegerField(default=0)
    invoiced = models.BigIntegerField(default=0)
    credited = models.BigIntegerField(default=0)
    paid_out = models.BigIntegerField(default=0)
    invoiced_tax = models.BigIntegerField(default=0)
    refunded_tax = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(advance__gte=0), name="balance_advance_not_negative"),
            models.CheckConstraint(
                condition=Q(credited__gte=0, paid_out__gte=0, invoiced__gte=F("credited") + F("paid_out")),
                name="balance_given_back_at_most_invoiced",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}"
