"""A claim on an order (R1-R11)."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.aftersales.models.cause import ReclamationCause
from claimdesk.customers.models import Customer
from claimdesk.kernel import dates
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import QuantityField
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models import Order, OrderLine

NOTHING = Decimal(0)


class Reclamation(models.Model):
    """A claim on one order: Open, then Closed for good (R5).

    `refunded_at` is staff's mark that money was given back; it moves neither money nor items (O19). `follows` is the
    closed reclamation that this one takes up again. `closing_reason` says why lines were left unfinished; the
    customer reads it, as he reads `note`.
    """

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        CLOSED = "closed", gettext_lazy("Closed")

    class Wish(models.TextChoices):
        REFUND = "refund", gettext_lazy("Refund")
        REPLACEMENT = "replacement", gettext_lazy("Replacement")
        REPAIR = "repair", gettext_lazy("Repair")
        PARTS = "parts", gettext_lazy("Parts")
        CREDIT = "credit", gettext_lazy("Credit")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.OPEN: (State.CLOSED,)}

    number = models.CharField(max_length=20, unique=True)
    number_folded = models.CharField(max_length=20, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reclamations")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    cause = models.ForeignKey(ReclamationCause, on_delete=models.PROTECT, related_name="+", db_index=False)
    wish = models.CharField(max_length=12, choices=Wish)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    is_by_customer = models.BooleanField(default=False)
    opened_by_id = models.BigIntegerField(null=True)
    opened_by_name = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    closed_by_name = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.TextField(blank=True)
    refunded_by_name = models.CharField(max_length=120, blank=True)
    refunded_at = models.DateTimeField(null=True)
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by", db_index=False
    )
    idempotency_key = models.CharField(max_length=80, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
                name="reclamation_closed_at_its_time",
            ),
            models.CheckConstraint(
                condition=Q(follows=None) | ~Q(follows=F("id")), name="reclamation_follows_another"
            ),
            models.UniqueConstraint(
                "idempotency_key", condition=Q(idempotency_key__isnull=False), name="reclamation_key_once"
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="reclamation_opened"),
            models.Index(fields=["state", "-opened_at", "-id"], name="reclamation_state"),
            models.Index(fields=["cause", "-opened_at", "-id"], name="reclamation_cause"),
            models.Index(fields=["customer", "-opened_at", "-id"], name="reclamation_customer"),
            models.Index(fields=["-changed_at"], name="reclamation_changed"),
            models.Index(fields=["follows"], condition=Q(follows__isnull=False), name="reclamation_follows"),
            # What people type is the beginning of a number: PostgreSQL's LIKE wants bytes compared.
            models.Index(
                fields=["number_folded"], name="reclamation_number", opclasses=["varchar_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.number_folded = fold_number(self.number)
        super().save(*args, **kwargs)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def refuse_move(self, to: str = State.CLOSED) -> Refused:
        """Say why nothing happens to a closed one any more (R5)."""
        return Refused(
            "reclamation_closed",
            _("Closed by %(name)s on %(at)s, for good. A follow-up reclamation can take it up again.")
            % {"name": self.closed_by_name or _("the system"), "at": dates.instant(self.closed_at) or "–"},
        )


class ReclamationLine(models.Model):
    """A quantity of an order's line that is claimed.

    `settled` of it is finished, with `outcome` as the last that became of it; `canceled` of that was taken out of the
    order, `followed` was taken up again by follow-ups; `taken_over` is, in a follow-up, what it took up so. While the reclamation is open the line's allotment holds
    `quantity` without what was canceled; closing turns what is settled of it into settled and frees the rest, once.
    """

    class Outcome(models.TextChoices):
        NONE = "", gettext_lazy("not settled")
        REFUNDED = "refunded", gettext_lazy("Refunded")
        REPLACED = "replaced", gettext_lazy("Replaced")
        REPAIRED = "repaired", gettext_lazy("Repaired")
        PARTS = "parts", gettext_lazy("Parts sent")
        CREDITED = "credited", gettext_lazy("Credited")
        CANCELED = "canceled", gettext_lazy("Canceled")

    reclamation = models.ForeignKey(
        Reclamation, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    line = models.ForeignKey(OrderLine, on_delete=models.PROTECT, related_name="reclamation_lines")
    quantity = QuantityField()
    settled = QuantityField(default=NOTHING)
    canceled = QuantityField(default=NOTHING)
    followed = QuantityField(default=NOTHING)
    taken_over = QuantityField(default=NOTHING)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default=Outcome.NONE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reclamation", "line"], name="reclamation_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=NOTHING), name="reclamation_line_positive"),
            models.CheckConstraint(
                condition=Q(canceled__gte=NOTHING, followed__gte=NOTHING)
                & Q(settled__lte=F("quantity"))
                & Q(settled__gte=F("canceled") + F("followed")),
                name="reclamation_line_settled_at_most_once",
            ),
            models.CheckConstraint(
                condition=Q(taken_over__gte=NOTHING) & Q(taken_over__lte=F("quantity")),
                name="reclamation_line_takes_over_what_it_has",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled=NOTHING) | (~Q(outcome="") & Q(settled__gt=NOTHING)),
                name="reclamation_line_outcome_of_what_is_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reclamation_id}: {self.quantity} of {self.line_id}"

    @property
    def unfinished(self) -> Decimal:
        """The quantity of which nothing became yet."""
        return self.quantity - self.settled

    @property
    def claimable_again(self) -> Decimal:
        """The settled quantity that a follow-up can take up."""
        return self.settled - self.canceled - self.followed


class ReclamationOrder(models.Model):
    """An order without price that replaces what a reclamation is about."""

    reclamation = models.ForeignKey(Reclamation, on_delete=models.PROTECT, related_name="orders")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="of_reclamation")
    made_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.reclamation_id}: {self.order_id}"
