"""Permission to send goods back (M1-M4)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.aftersales.models.reclamation import NOTHING, Reclamation
from claimdesk.aftersales.models.warranty_claim import WarrantyClaim
from claimdesk.catalog.models import Product
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import QuantityField
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models import OrderLine
from claimdesk.warranty.models import Unit


class Rma(models.Model):
    """Issued by staff from a warranty claim or a reclamation; the customer sends back what stands in its lines.

    `ship_to` is where to, as it stands on the slip. Past `expires_on` nothing is expected any more (M4). What is to be
    inspected first keeps its warranty claim from being decided.
    """

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("Draft")
        ISSUED = "issued", gettext_lazy("Issued")
        IN_TRANSIT = "in_transit", gettext_lazy("In transit")
        PARTLY_RECEIVED = "partly_received", gettext_lazy("Partly received")
        RECEIVED = "received", gettext_lazy("Received")
        INSPECTED = "inspected", gettext_lazy("Inspected")
        CLOSED = "closed", gettext_lazy("Closed")
        CANCELED = "canceled", gettext_lazy("Canceled")
        EXPIRED = "expired", gettext_lazy("Expired")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.ISSUED, State.CANCELED),
        State.ISSUED: (
            State.IN_TRANSIT,
            State.PARTLY_RECEIVED,
            State.RECEIVED,
            State.CANCELED,
            State.EXPIRED,
        ),
        State.IN_TRANSIT: (State.PARTLY_RECEIVED, State.RECEIVED, State.CANCELED, State.EXPIRED),
        State.PARTLY_RECEIVED: (State.RECEIVED,),
        State.RECEIVED: (State.INSPECTED,),
        State.INSPECTED: (State.CLOSED,),
    }

    number = models.CharField(max_length=20, unique=True)
    number_folded = models.CharField(max_length=20, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="rmas", db_index=False)
    claim = models.ForeignKey(
        WarrantyClaim, null=True, blank=True, on_delete=models.PROTECT, related_name="rmas"
    )
    reclamation = models.ForeignKey(
        Reclamation, null=True, blank=True, on_delete=models.PROTECT, related_name="rmas"
    )
    state = models.CharField(max_length=15, choices=State, default=State.DRAFT)
    ship_to = models.TextField(blank=True)
    note = models.TextField(blank=True)
    carrier = models.CharField(max_length=80, blank=True)
    tracking_number = models.CharField(max_length=80, blank=True)
    inspected_first = models.BooleanField(default=False)
    expires_on = models.DateField(null=True, blank=True)
    issued_by_name = models.CharField(max_length=120, blank=True)
    issued_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=120, blank=True)
    ending_reason = models.CharField(max_length=500, blank=True)
    created_by_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, reclamation=None) | Q(claim=None, reclamation__isnull=False),
                name="rma_of_one_claim",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="rma_created"),
            models.Index(fields=["state", "-created_at", "-id"], name="rma_state"),
            models.Index(fields=["customer", "-created_at", "-id"], name="rma_customer"),
            models.Index(fields=["number_folded"], name="rma_number", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_folded = fold_number(self.number)
        super().save(*args, **kwargs)

    @property
    def has_slip(self) -> bool:
        """Whether goods may travel with its slip: not before it is issued, nor after it was canceled or expired."""
        return self.issued_at is not None and self.state not in (self.State.CANCELED, self.State.EXPIRED)

    def refuse_move(self, to: str) -> Refused:
        return Refused(
            "rma_moved", _("The RMA is “%(state)s” by now; look again.") % {"state": self.get_state_display()}
        )


class RmaLine(models.Model):
    """What is to come back: a unit, or a quantity of an order's line; good and damaged are counted apart (M3).

    `is_open` is true while its RMA is neither ended nor closed: a unit stands in one open line at most (M4).
    """

    class Disposition(models.TextChoices):
        NONE = "", gettext_lazy("not decided")
        CREDIT = "credit", gettext_lazy("Credit")
        REPLACE = "replace", gettext_lazy("Replace")
        REPAIR = "repair", gettext_lazy("Repair")
        SEND_BACK = "send_back", gettext_lazy("Send back")
        SCRAP = "scrap", gettext_lazy("Scrap")

    rma = models.ForeignKey(Rma, on_delete=models.CASCADE, related_name="lines")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="rma_lines", db_index=False
    )
    order_line = models.ForeignKey(
        OrderLine, null=True, blank=True, on_delete=models.PROTECT, related_name="rma_lines"
    )
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    description = models.CharField(max_length=200, blank=True)
    quantity = QuantityField()
    good = QuantityField(default=NOTHING)
    damaged = QuantityField(default=NOTHING)
    is_open = models.BooleanField(default=True)
    findings = models.TextField(blank=True)
    disposition = models.CharField(max_length=10, choices=Disposition, blank=True, default=Disposition.NONE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(is_open=True), name="rma_unit_in_one_open"),
            models.CheckConstraint(
                condition=Q(quantity__gt=NOTHING, good__gte=NOTHING, damaged__gte=NOTHING)
                & Q(quantity__gte=F("good") + F("damaged")),
                name="rma_line_received_at_most_once",
            ),
            models.CheckConstraint(condition=Q(unit=None) | Q(order_line=None), name="rma_line_of_one_thing"),
        ]
        indexes = [models.Index(fields=["unit"], name="rma_line_unit")]

    def __str__(self) -> str:
        return f"{self.rma_id}: {self.quantity} {self.description}"


class RmaMismatch(models.Model):
    """A serial number that came and was not expected: a case of its own, never a silent swap (M3)."""

    rma = models.ForeignKey(Rma, on_delete=models.CASCADE, related_name="mismatches")
    serial = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = models.CharField(max_length=500, blank=True)
    found_by_name = models.CharField(max_length=120, blank=True)
    found_at = models.DateTimeField(default=now)
    outcome = models.CharField(max_length=500, blank=True)
    settled_by_name = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rma", "serial"], name="rma_mismatch_once")]

    def __str__(self) -> str:
        return f"{self.rma_id}: {self.serial}"
