"""Dated tables of what a repair may cost: parts, operations and their times, labour by the hour (W5).

A row holds from its day until the next one's; so a price that changes later leaves claims of before as they were.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from claimdesk.catalog.models import Category, Product
from claimdesk.customers.models import Customer
from claimdesk.kernel.text import fold, fold_number


class Searched(models.Model):
    """What is found by its number and by words of its name."""

    number = models.CharField(max_length=60)
    number_folded = models.CharField(max_length=120, editable=False)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=240, editable=False)
    is_active = models.BooleanField(default=True)
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "number_folded", "name_folded"}
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded keys; importers that go past save() call it themselves."""
        self.number_folded = fold_number(self.number) or fold(self.number)
        self.name_folded = fold(self.name)[:240]


class Part(Searched):
    """A part that repairs use; `product` where it is sold too."""

    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.SET_NULL, related_name="parts"
    )

    class Meta:
        constraints = [models.UniqueConstraint("number_folded", name="part_number_once")]
        indexes = [models.Index(fields=["name_folded", "id"], name="part_name")]


class PartPrice(models.Model):
    """What a part counts from a day on: minor units of `currency` apiece."""

    part = models.ForeignKey(Part, on_delete=models.CASCADE, related_name="prices", db_index=False)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    from_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "currency", "from_on"], name="part_price_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="part_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.amount} {self.currency} from {self.from_on}"


class Operation(Searched):
    """Work that repairs consist of; `category` where it is done on such products only."""

    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="operations"
    )

    class Meta:
        constraints = [models.UniqueConstraint("number_folded", name="operation_number_once")]
        indexes = [models.Index(fields=["name_folded", "id"], name="operation_name")]


class OperationTime(models.Model):
    """How many minutes an operation may take, from a day on."""

    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="times", db_index=False)
    minutes = models.PositiveIntegerField()
    from_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operation", "from_on"], name="operation_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.operation_id}: {self.minutes} min from {self.from_on}"


class LabourRate(models.Model):
    """What an hour of work counts from a day on, in minor units: a dealer's own, a price group's, or everybody's."""

    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="labour_rates"
    )
    price_group = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    from_on = models.DateField()

    class Meta:
        constraints = [
            # SQLite takes no two empty customers for the same; so none is left empty here.
            models.UniqueConstraint(
                Coalesce("customer", 0), "price_group", "currency", "from_on", name="labour_rate_once"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="labour_rate_not_negative"),
            models.CheckConstraint(
                condition=Q(customer=None) | Q(price_group=""), name="labour_rate_of_customer_or_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} from {self.from_on}"
