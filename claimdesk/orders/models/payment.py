"""Money that came in, and money that goes back (O18, O20)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import QuantityField
from claimdesk.kernel.refused import Refused
from claimdesk.orders.models.invoice import Invoice
from claimdesk.orders.models.line import NOTHING, OrderLine
from claimdesk.orders.models.order import Order


class Payment(models.Model):
    """Money that a customer paid, in minor units of `currency`, on an invoice or before there is one.

    It is never changed: a wrong one is followed by a counter entry, of the same sum below zero, that `reverses` it.
    """

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="payments", db_index=False)
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="payments")
    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    paid_on = models.DateField()
    method = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    recorded_by_name = models.CharField(max_length=120, blank=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal"
    )
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "external_id", condition=~Q(external_id=""), name="payment_external_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, reverses=None) | Q(amount__lt=0, reverses__isnull=False),
                name="payment_positive_or_reversal",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-paid_on", "-id"], name="payment_customer"),
            models.Index(fields=["-paid_on", "-id"], name="payment_paid"),
            # Beside the unique one: in that, SQLite's statistics count the many that reverse nothing.
            models.Index(fields=["reverses"], condition=Q(reverses__isnull=False), name="payment_reverses"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Refund(models.Model):
    """Money back for a line, or for freight (no line): credited on the invoice, or paid out.

    `amount` holds its `tax`; `quantity` of the line was refunded, in one part or several. A credit without invoice was
    given up before any asked for it. One key, one refund: a provider that timed out is asked again under the same.
    `reference` is the provider's, or of the transfer made by hand; `answer` is what the provider said last.
    """

    class Kind(models.TextChoices):
        CREDIT = "credit", gettext_lazy("Credit")
        PAYOUT = "payout", gettext_lazy("Paid out")

    class State(models.TextChoices):
        PENDING = "pending", gettext_lazy("Pending")
        DONE = "done", gettext_lazy("Done")
        FAILED = "failed", gettext_lazy("Failed")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.PENDING: (State.DONE, State.FAILED),
        State.FAILED: (State.PENDING,),
    }

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="refunds")
    line = models.ForeignKey(
        OrderLine, null=True, blank=True, on_delete=models.PROTECT, related_name="refunds"
    )
    invoice = models.ForeignKey(
        Invoice, null=True, blank=True, on_delete=models.PROTECT, related_name="refunds"
    )
    reclamation_id = models.BigIntegerField(null=True, blank=True)
    quantity = QuantityField(default=NOTHING)
    amount = models.BigIntegerField()
    tax = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    method = models.CharField(max_length=40, blank=True)
    idempotency_key = models.CharField(max_length=120)
    attempts = models.PositiveIntegerField(default=0)
    reference = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=200, blank=True)
    created_by_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("idempotency_key", name="refund_key_once"),
            models.CheckConstraint(condition=Q(amount__gte=0, tax__gte=0), name="refund_not_negative"),
        ]
        indexes = [
            models.Index(
                fields=["reclamation_id"],
                condition=Q(reclamation_id__isnull=False),
                name="refund_reclamation",
            ),
            models.Index(fields=["created_at", "id"], condition=Q(state="pending"), name="refund_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    def refuse_move(self, to: str) -> Refused:
        return Refused("already_settled", _("This refund is already settled."))
