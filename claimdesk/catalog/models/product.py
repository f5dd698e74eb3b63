"""Categories and products."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.clock import now
from claimdesk.kernel.text import fold, fold_number

FOLDED = ("name_folded", "number_folded", "number_plain")


class Category(models.Model):
    """A shelf of the shop; shelves stand in shelves, at most a few deep."""

    name = models.CharField(max_length=120)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    position = models.PositiveIntegerField(default=0)
    is_shown = models.BooleanField(default=True)
    external_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            # SQLite takes no two empty parents for the same; so none is left empty here.
            models.UniqueConstraint(Coalesce("parent", 0), Lower("name"), name="category_name_once"),
            models.UniqueConstraint(
                "external_id", condition=~Q(external_id=""), name="category_external_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Product(models.Model):
    """An article that is sold: number, name, unit, and in which steps.

    `quantity_step` is the smallest quantity by which an order grows (1, 0.5, 12); `quantity_minimum` the least
    that is sold. `tax_rate` is in basis points (1 % = 100). `number_plain` holds letters and digits alone, for
    those who leave out dots and dashes; two products may share it. A withdrawn product stays on the papers that
    name it.
    """

    class Stock(models.TextChoices):
        IN_STOCK = "in_stock", _("in stock")
        FEW = "few", _("few left")
        ON_ORDER = "on_order", _("on order")
        OUT = "out", _("out of stock")

    number = models.CharField(max_length=60)
    number_folded = models.CharField(max_length=120, editable=False)
    number_plain = models.CharField(max_length=120, editable=False)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=240, editable=False)
    description = models.TextField(blank=True)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="products"
    )
    unit = models.CharField(max_length=20, default="piece")
    quantity_step = models.DecimalField(max_digits=12, decimal_places=3, default=Decimal(1))
    quantity_minimum = models.DecimalField(max_digits=12, decimal_places=3, default=Decimal(1))
    tax_rate = models.PositiveIntegerField(default=0)
    stock = models.CharField(max_length=10, choices=Stock, default=Stock.IN_STOCK)
    stock_words = models.CharField(max_length=80, blank=True)
    ean = models.CharField(max_length=20, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint("number_folded", name="product_number_once"),
            models.UniqueConstraint(
                "external_id", condition=~Q(external_id=""), name="product_external_once"
            ),
            models.CheckConstraint(condition=Q(quantity_step__gt=0), name="product_step_positive"),
            models.CheckConstraint(condition=Q(quantity_minimum__gt=0), name="product_minimum_positive"),
            models.CheckConstraint(condition=Q(tax_rate__lte=10_000), name="product_tax_rate_at_most_all"),
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="product_name"),
            models.Index(fields=["category", "name_folded", "id"], name="product_category_name"),
            models.Index(fields=["number_folded", "id"], name="product_number"),
            models.Index(fields=["number_plain"], name="product_number_plain"),
            models.Index(fields=["-created_at", "-id"], name="product_created"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], *FOLDED}
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded keys; importers that go past save() call it themselves."""
        self.name_folded = fold(self.name)[:240]
        self.number_folded = fold(self.number)[:120]
        self.number_plain = fold_number(self.number)[:120]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None


class ProductPicture(models.Model):
    """A picture of a product, the first one shown in lists; `file` and `thumbnail` are made anew from what came."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    file = models.FileField(upload_to="products/")
    thumbnail = models.FileField(upload_to="products/thumbnails/")
    description = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "digest"], name="product_picture_once")]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.product_id} {self.position}"
