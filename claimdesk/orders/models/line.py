"""What was ordered (line), what is promised of it (allotment), and where each part of it stands (item)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from claimdesk.catalog.models import Product
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import QuantityField
from claimdesk.orders.models.order import Order

NOTHING = Decimal(0)


class OrderLine(models.Model):
    """A line of an order; it never changes after the order, nor do its price and the reason of it (O7).

    `unit_price` is minor units for `per` units; `discount` and `tax_rate` are basis points; `amount` is rounded once
    (O8) and `tax` is on it (net) or inside it (gross). `price_reason` is what `catalog/wording.py` reads.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.PROTECT, related_name="order_lines"
    )
    product_number = models.CharField(max_length=60)
    product_name = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, blank=True)
    quantity = QuantityField()
    unit_price = models.BigIntegerField()
    per = models.PositiveIntegerField(default=1)
    discount = models.PositiveIntegerField(default=0)
    tax_rate = models.PositiveIntegerField(default=0)
    amount = models.BigIntegerField()
    tax = models.BigIntegerField(default=0)
    price_reason = models.JSONField(default=dict, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_position_once"),
            models.UniqueConstraint(
                "external_id", condition=~Q(external_id=""), name="order_line_external_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=NOTHING), name="order_line_quantity_positive"),
            models.CheckConstraint(condition=Q(per__gt=0), name="order_line_per_positive"),
            models.CheckConstraint(
                condition=Q(unit_price__gte=0, amount__gte=0, tax__gte=0), name="order_line_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(discount__lte=10_000, tax_rate__lte=10_000), name="order_line_rates_at_most_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.position} {self.product_number}"


class Allotment(models.Model):
    """The one ledger of a line: `orders/actions/allotments.py` writes its quantities, `balances.py` its money.

    Of what was `ordered`: `canceled` will not be delivered, `held` is claimed by open reclamations, `settled` by closed
    ones; `shipped` and `delivered` are what left and arrived. Sums in minor units, tax inside: `invoiced`, and of
    that `credited` and `paid_out`, for `refunded_quantity` of `invoiced_quantity`. What is given up before an invoice
    asked for it counts as invoiced and credited (O18), so that nothing is asked for or given back twice.
    """

    line = models.OneToOneField(
        OrderLine, primary_key=True, on_delete=models.CASCADE, related_name="allotment"
    )
    ordered = QuantityField()
    canceled = QuantityField(default=NOTHING)
    shipped = QuantityField(default=NOTHING)
    delivered = QuantityField(default=NOTHING)
    held = QuantityField(default=NOTHING)
    settled = QuantityField(default=NOTHING)
    invoiced = models.BigIntegerField(default=0)
    credited = models.BigIntegerField(default=0)
    paid_out = models.BigIntegerField(default=0)
    invoiced_tax = models.BigIntegerField(default=0)
    refunded_tax = models.BigIntegerField(default=0)
    invoiced_quantity = QuantityField(default=NOTHING)
    refunded_quantity = QuantityField(default=NOTHING)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    canceled__gte=NOTHING,
                    shipped__gte=NOTHING,
                    delivered__gte=NOTHING,
                    held__gte=NOTHING,
                    settled__gte=NOTHING,
                ),
                name="allotment_quantities_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(invoiced__gte=0, credited__gte=0, paid_out__gte=0),
                name="allotment_sums_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(ordered__gte=F("canceled") + F("held") + F("settled")),
                name="allotment_claimed_at_most_once",
            ),
            models.CheckConstraint(
                condition=Q(ordered__gte=F("shipped")) & Q(ordered__gte=F("delivered")),
                name="allotment_shipped_at_most_ordered",
            ),
            models.CheckConstraint(
                condition=Q(credited__lte=F("invoiced")), name="allotment_credited_at_most_invoiced"
            ),
            models.CheckConstraint(
                condition=Q(invoiced__gte=F("credited") + F("paid_out")),
                name="allotment_given_back_at_most_invoiced",
            ),
            models.CheckConstraint(
                condition=Q(
                    refunded_quantity__gte=NOTHING,
                    refunded_quantity__lte=F("invoiced_quantity"),
                    invoiced_quantity__lte=F("ordered"),
                ),
                name="allotment_invoiced_and_refunded_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}"

    @property
    def free(self) -> Decimal:
        """The quantity that can still be claimed (R8)."""
        return self.ordered - self.canceled - self.held - self.settled

    @property
    def given_back(self) -> int:
        """What was credited or paid out, tax inside."""
        return self.credited + self.paid_out


class OrderItem(models.Model):
    """A quantity of a line in one state of the order's process; `version` grows with every move (O13).

    `ordered_at` is the order's, by which orders with items in a state are found in the order of their list.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="items")
    line = models.ForeignKey(OrderLine, on_delete=models.CASCADE, related_name="items")
    quantity = QuantityField()
    state = models.CharField(max_length=40)
    entered_at = models.DateTimeField(default=now)
    ordered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=NOTHING), name="order_item_quantity_positive"),
        ]
        indexes = [
            models.Index(fields=["state", "entered_at", "id"], name="order_item_state"),
            models.Index(fields=["state", "-ordered_at", "order"], name="order_item_state_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.quantity} {self.state}"
