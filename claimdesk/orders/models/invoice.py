"""What was asked for in money (O17)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import QuantityField
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models.line import NOTHING, OrderLine
from claimdesk.orders.models.order import Order


class Invoice(models.Model):
    """An invoice, ours or the ERP's; a void one stays visible as void.

    `credited` and `paid` are what was credited on it and paid for it, in minor units of `currency`. Of what was paid,
    `advance` came in before the invoice, and `paid_out` went back.
    """

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        VOID = "void", gettext_lazy("Void")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.OPEN: (State.VOID,)}

    number = models.CharField(max_length=40)
    number_folded = models.CharField(max_length=40, editable=False)
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="invoices")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="invoices", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    issued_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    net = models.BigIntegerField()
    tax = models.BigIntegerField(default=0)
    total = models.BigIntegerField()
    credited = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)
    advance = models.BigIntegerField(default=0)
    paid_out = models.BigIntegerField(default=0)
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["number_folded"], name="invoice_number_once", opclasses=["varchar_pattern_ops"]
            ),
            models.UniqueConstraint(
                "external_id", condition=~Q(external_id=""), name="invoice_external_once"
            ),
            models.CheckConstraint(
                condition=Q(net__gte=0, tax__gte=0, total=F("net") + F("tax")),
                name="invoice_total_is_its_parts",
            ),
            models.CheckConstraint(
                condition=Q(credited__gte=0, credited__lte=F("total")),
                name="invoice_credited_at_most_invoiced",
            ),
            models.CheckConstraint(condition=Q(paid__gte=0), name="invoice_paid_not_negative"),
            models.CheckConstraint(
                condition=Q(advance__gte=0, advance__lte=F("paid"), paid_out__gte=0, paid_out__lte=F("paid")),
                name="invoice_paid_out_at_most_paid",
            ),
        ]
        indexes = [
            models.Index(fields=["-issued_on", "-id"], name="invoice_issued"),
            models.Index(fields=["customer", "-issued_on", "-id"], name="invoice_customer"),
            models.Index(fields=["customer", "due_on", "id"], name="invoice_customer_due"),
            models.Index(
                fields=["due_on", "id"],
                condition=Q(state="open") & Q(total__gt=F("credited") + F("paid")),
                name="invoice_unpaid",
            ),
            # With the due date beside it, so that those not yet due are passed over in the index.
            models.Index(
                fields=["-issued_on", "-id", "due_on"],
                condition=Q(state="open") & Q(total__gt=F("credited") + F("paid")),
                name="invoice_unpaid_issued",
            ),
            models.Index(fields=["-issued_on", "-id"], condition=Q(state="void"), name="invoice_void"),
            models.Index(fields=["due_on", "id"], name="invoice_due"),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded key; writers that go past save() call it themselves."""
        self.number_folded = fold_number(self.number) or self.number

    def refuse_move(self, to: str) -> Refused:
        return Refused("already_void", _("The invoice is void."))

    @property
    def open_amount(self) -> int:
        """What is still to be paid."""
        return 0 if self.state == self.State.VOID else max(self.total - self.credited - self.paid, 0)


class InvoiceLine(models.Model):
    """A line of an invoice; `line` is the order's, empty for freight and for what has no order."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(
        OrderLine, null=True, blank=True, on_delete=models.PROTECT, related_name="invoice_lines"
    )
    description = models.CharField(max_length=300)
    quantity = QuantityField()
    amount = models.BigIntegerField()
    tax = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=NOTHING), name="invoice_line_positive"),
            models.CheckConstraint(condition=Q(amount__gte=0, tax__gte=0), name="invoice_line_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.description}"
