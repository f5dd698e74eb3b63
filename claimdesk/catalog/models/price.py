"""What a product costs, for whom, from which quantity, and when (O7)."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from claimdesk.catalog.models.product import Product
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now

ALWAYS = models.Value(date(1, 1, 1), output_field=models.DateField())


class Price(models.Model):
    """One row of a price list: `amount` minor units of `currency` for `per` units, from `quantity_from` on.

    Whose: a customer's own (`customer`), a price group's (`price_group`, as it stands at the customer), or
    everybody's (neither). `starts_on` and `ends_on` are included; empty is open.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="prices", db_index=False)
    currency = models.CharField(max_length=3)
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="prices", db_index=False
    )
    price_group = models.CharField(max_length=40, blank=True)
    quantity_from = models.DecimalField(max_digits=12, decimal_places=3, default=Decimal(0))
    amount = models.BigIntegerField()
    per = models.PositiveIntegerField(default=1)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            # SQLite takes no two empty values for the same; so none are left empty here.
            models.UniqueConstraint(
                "product",
                "currency",
                Coalesce("customer", 0),
                "price_group",
                "quantity_from",
                Coalesce("starts_on", ALWAYS),
                name="price_once",
            ),
            models.UniqueConstraint("external_id", condition=~Q(external_id=""), name="price_external_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=Q(per__gt=0), name="price_per_positive"),
            models.CheckConstraint(condition=Q(quantity_from__gte=0), name="price_quantity_not_negative"),
            models.CheckConstraint(
                condition=Q(customer=None) | Q(price_group=""), name="price_of_customer_or_group"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="price_days_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["product", "customer", "price_group"], name="price_product_whose"),
            models.Index(
                fields=["customer", "id"], condition=Q(customer__isnull=False), name="price_customer"
            ),
            models.Index(fields=["price_group", "id"], condition=~Q(price_group=""), name="price_group"),
            models.Index(fields=["-updated_at", "-id"], name="price_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.amount}/{self.per} {self.currency}"
