"""What a customer ordered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models.process import OrderProcess


class Order(models.Model):
    """An order: who ordered what for which customer, where it goes, what it comes to.

    Sums are minor units of `currency`; in gross mode `tax` is inside `total`, in net mode it is added, that on `freight`
    too. `state` is the
    process's state of the item furthest behind on the happy path, leaving canceled ones out unless all are: the
    engine keeps it. `ship_to` is the address on file, which may change or go; the fields beside it are what it was.
    """

    class PriceMode(models.TextChoices):
        NET = "net", _("net")
        GROSS = "gross", _("gross")

    class PaymentTerms(models.TextChoices):
        ON_ACCOUNT = "on_account", _("on account")
        PREPAYMENT = "prepayment", _("before delivery")

    class Approval(models.TextChoices):
        NOT_NEEDED = "not_needed", _("not needed")
        PENDING = "pending", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        DENIED = "denied", _("Denied")

    number = models.CharField(max_length=40)
    number_folded = models.CharField(max_length=40, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="orders", db_index=False)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    placed_by_name = models.CharField(max_length=120, blank=True)
    representative = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    process = models.ForeignKey(OrderProcess, on_delete=models.PROTECT, related_name="orders", db_index=False)
    state = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    price_mode = models.CharField(max_length=5, choices=PriceMode, default=PriceMode.NET)
    payment_terms = models.CharField(max_length=12, choices=PaymentTerms, default=PaymentTerms.ON_ACCOUNT)
    po_number = models.CharField(max_length=60, blank=True)
    po_number_folded = models.CharField(max_length=60, blank=True, editable=False)
    note = models.TextField(blank=True)
    wished_on = models.DateField(null=True, blank=True)
    ship_to = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    ship_to_label = models.CharField(max_length=80, blank=True)
    ship_to_street = models.CharField(max_length=200, blank=True)
    ship_to_postcode = models.CharField(max_length=20, blank=True)
    ship_to_town = models.CharField(max_length=120, blank=True)
    ship_to_region = models.CharField(max_length=80, blank=True)
    ship_to_country = models.CharField(max_length=2, blank=True)
    freight = models.BigIntegerField(default=0)
    freight_tax_rate = models.PositiveIntegerField(default=0)
    subtotal = models.BigIntegerField(default=0)
    tax = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    has_reclamation = models.BooleanField(default=False)
    replaces = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replacements",
        db_index=False,
    )
    ordered_at = models.DateTimeField(default=now)
    ordered_on = models.DateField()
    approval = models.CharField(max_length=10, choices=Approval, default=Approval.NOT_NEEDED)
    approval_decided_at = models.DateTimeField(null=True, blank=True)
    approval_decided_by_name = models.CharField(max_length=120, blank=True)
    approval_words = models.CharField(max_length=500, blank=True)
    idempotency_key = models.CharField(max_length=80, null=True, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_folded"], name="order_number_once", opclasses=["varchar_pattern_ops"]
            ),
            models.UniqueConstraint(
                "idempotency_key", condition=Q(idempotency_key__isnull=False), name="order_key_once"
            ),
            models.UniqueConstraint("external_id", condition=~Q(external_id=""), name="order_external_once"),
            models.CheckConstraint(
                condition=Q(freight__gte=0, subtotal__gte=0, tax__gte=0, total__gte=0),
                name="order_sums_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(price_mode="net", total=F("subtotal") + F("freight") + F("tax"))
                | Q(price_mode="gross", total=F("subtotal") + F("freight")),
                name="order_total_is_its_parts",
            ),
        ]
        # Where an index ends in the state, a list that is filtered by it, too, passes over the others in the index.
        indexes = [
            models.Index(fields=["-ordered_at", "-id"], name="order_ordered"),
            models.Index(fields=["customer", "-ordered_at", "-id", "state"], name="order_customer"),
            models.Index(fields=["state", "-ordered_at", "-id"], name="order_state"),
            models.Index(
                fields=["representative", "-ordered_at", "-id", "state"], name="order_representative"
            ),
            models.Index(fields=["ship_to", "-ordered_at", "-id"], name="order_ship_to"),
            models.Index(fields=["process", "state"], name="order_process_state"),
            # Few among many: an index of all would draw lists away from the one of their sort.
            models.Index(
                fields=["-ordered_at", "-id", "state"],
                condition=Q(has_reclamation=True),
                name="order_has_reclamation",
            ),
            models.Index(
                fields=["customer", "-ordered_at", "-id"],
                condition=Q(approval="pending"),
                name="order_approval",
            ),
            models.Index(
                fields=["approval", "-ordered_at", "-id", "state"],
                condition=~Q(approval="not_needed"),
                name="order_approval_asked",
            ),
            # Most have none: with all of them, SQLite's statistics call these indexes useless.
            models.Index(
                fields=["placed_by", "-ordered_at", "-id"],
                condition=Q(placed_by__isnull=False),
                name="order_placed_by",
            ),
            models.Index(fields=["replaces"], condition=Q(replaces__isnull=False), name="order_replaces"),
            models.Index(
                fields=["po_number_folded"], name="order_po_number", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "number_folded", "po_number_folded"}
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded keys; writers that go past save() call it themselves."""
        self.number_folded = fold_number(self.number) or self.number
        self.po_number_folded = fold_number(self.po_number)

    @property
    def ship_to_words(self) -> str:
        """Where the goods go, on one line, as the address was on the day of the order."""
        place = f"{self.ship_to_postcode} {self.ship_to_town}".strip()
        parts = (self.ship_to_label, self.ship_to_street, place, self.ship_to_region, self.ship_to_country)
        return ", ".join(filter(None, parts))
