"""A claim on a unit: what was repaired, what that cost, and what is decided about it (W1-W16)."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.aftersales.claim_process import DECIDED, moves
from claimdesk.aftersales.reasons import reason_words
from claimdesk.catalog.models import Product
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import QuantityField
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold_number
from claimdesk.warranty.models import Operation, Part, Unit
from claimdesk.warranty.serials import LONGEST, fold_serial


class WarrantyClaim(models.Model):
    """A claim on one unit, a draft first (W2); its life is told by `aftersales.claim_process`.

    `number` is empty while it is a draft. `serial` is what was typed; `unit` the one that bears it. `coverage` is the
    answer about cover as it was at submission, frozen (W3): {verdict, reasons, policy, starts_on, ends_on}. Sums are
    minor units of `currency`: `claimed` by the dealer, `allowed` by the tables, `approved` by the decision, `settled`
    so far; the last two are sums of ClaimEntry. `awaited` tells whom it waits for since `awaited_since_at`, and
    `paused_seconds` how long it has waited for the customer before (W10). `draft_version` grows with each change of a
    draft, so that the second of two who edit it learns of the first's (W14); `draft_saved_key` makes saving the same
    twice safe, where an answer got lost on the way, `submit_key` submitting.
    `complaint`, `causal_part` and `invoice_number` repeat the first job's, for lists and for finding duplicates.
    """

    class State(models.TextChoices):
        DRAFT = "draft", gettext_lazy("Draft")
        SUBMITTED = "submitted", gettext_lazy("Submitted")
        IN_REVIEW = "in_review", gettext_lazy("In review")
        INFORMATION_REQUESTED = "information_requested", gettext_lazy("Information requested")
        AWAITING_APPROVAL = "awaiting_approval", gettext_lazy("Awaiting approval")
        APPROVED = "approved", gettext_lazy("Approved")
        PARTLY_APPROVED = "partly_approved", gettext_lazy("Partly approved")
        REJECTED = "rejected", gettext_lazy("Rejected")
        CLOSED = "closed", gettext_lazy("Closed")

    class Closing(models.TextChoices):
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
        NO_ANSWER = "no_answer", gettext_lazy("No answer")
        SETTLED = "settled", gettext_lazy("Settled")
        REJECTED = "rejected", gettext_lazy("Rejected")
        DUPLICATE = "duplicate", gettext_lazy("Duplicate")
        CLOSED = "closed", gettext_lazy("Closed by staff")

    class Awaited(models.TextChoices):
        US = "us", gettext_lazy("Waiting for us")
        THEM = "them", gettext_lazy("Waiting for the customer")
        NOBODY = "nobody", gettext_lazy("Waiting for nobody")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = moves()

    number = models.CharField(max_length=20, blank=True)
    number_folded = models.CharField(max_length=20, editable=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="warranty_claims", db_index=False
    )
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="claims", db_index=False
    )
    serial = models.CharField(max_length=LONGEST, blank=True)
    serial_folded = models.CharField(max_length=2 * LONGEST, editable=False, blank=True)
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    product_name = models.CharField(max_length=200, blank=True)
    claim_type = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=21, choices=State, default=State.DRAFT)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )
    awaited = models.CharField(max_length=6, choices=Awaited, default=Awaited.THEM)
    awaited_since_at = models.DateTimeField(default=now)
    paused_seconds = models.PositiveBigIntegerField(default=0)
    failed_on = models.DateField(null=True, blank=True)
    complaint = models.CharField(max_length=200, blank=True)
    causal_part = models.CharField(max_length=60, blank=True)
    invoice_number = models.CharField(max_length=40, blank=True)
    invoice_number_folded = models.CharField(max_length=40, editable=False, blank=True)
    coverage = models.JSONField(default=dict)
    verdict = models.CharField(max_length=20, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    claimed = models.BigIntegerField(default=0)
    allowed = models.BigIntegerField(default=0)
    approved = models.BigIntegerField(default=0)
    settled = models.BigIntegerField(default=0)
    was_appealed = models.BooleanField(default=False)
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followed_by")
    duplicate_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="duplicates")
    closing = models.CharField(max_length=10, choices=Closing, blank=True)
    closing_reason = models.TextField(blank=True)
    closed_by_name = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)
    draft_version = models.PositiveIntegerField(default=0)
    draft_saved_by_name = models.CharField(max_length=120, blank=True)
    draft_saved_key = models.CharField(max_length=80, blank=True)
    draft_key = models.CharField(max_length=80, null=True, unique=True)
    submit_key = models.CharField(max_length=80, null=True, unique=True)
    created_by_id = models.BigIntegerField(null=True)
    created_by_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "number_folded", condition=~Q(number_folded=""), name="warranty_claim_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at=None, number="")
                | (~Q(state="draft") & Q(submitted_at__isnull=False) & ~Q(number="")),
                name="warranty_claim_submitted_at_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(closing="")
                | (~Q(state="closed") & Q(closed_at=None, closing="")),
                name="warranty_claim_closed_at_its_time",
            ),
            models.CheckConstraint(
                condition=Q(claimed__gte=0, allowed__gte=0, approved__gte=0, settled__gte=0)
                & Q(approved__lte=F("claimed"))
                & Q(settled__lte=F("approved")),
                name="warranty_claim_settled_within_approved",
            ),
            models.CheckConstraint(
                condition=Q(duplicate_of=None) | ~Q(duplicate_of=F("id")),
                name="warranty_claim_duplicate_of_another",
            ),
        ]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="claim_changed"),
            models.Index(fields=["awaited_since_at", "id"], name="claim_awaited"),
            models.Index(fields=["state", "-changed_at", "-id"], name="claim_state"),
            models.Index(fields=["customer", "state", "-changed_at", "-id"], name="claim_customer_state"),
            models.Index(fields=["customer", "-changed_at", "-id"], name="claim_customer"),
            models.Index(fields=["unit", "-id"], name="claim_unit"),
            models.Index(fields=["product", "-changed_at", "-id"], name="claim_product"),
            # The agents' queue: who is awaited, and since when.
            models.Index(
                fields=["awaited", "awaited_since_at", "id"],
                condition=~Q(state__in=("draft", "closed")),
                name="claim_queue",
            ),
            models.Index(
                fields=["assigned_to", "awaited", "awaited_since_at", "id"],
                condition=~Q(state__in=("draft", "closed")),
                name="claim_queue_own",
            ),
            models.Index(
                fields=["customer", "invoice_number_folded"],
                condition=~Q(invoice_number_folded=""),
                name="claim_invoice",
            ),
            # What people type is the beginning: PostgreSQL's LIKE wants bytes compared.
            models.Index(fields=["number_folded"], name="claim_number", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["serial_folded"], name="claim_serial", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.number or _("Draft %(id)d") % {"id": self.pk or 0}

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded keys; writers that go past save() call it themselves."""
        self.number_folded = fold_number(self.number)
        self.serial_folded = fold_serial(self.serial)
        self.invoice_number_folded = fold_number(self.invoice_number)

    def refuse_move(self, to: str) -> Refused:
        """Say what it is by now; closed is final (W11)."""
        if self.state == self.State.CLOSED:
            return Refused(
                "warranty_claim_closed",
                _("Closed by %(name)s, for good. A follow-up claim can take it up again.")
                % {"name": self.closed_by_name or _("the system")},
            )
        words = {"state": self.get_state_display(), "name": self.decided_by_name}
        by_now = _("The claim is “%(state)s” by now; look again.")
        if self.state in (*DECIDED, self.State.AWAITING_APPROVAL) and self.decided_by_name:
            by_now = _("%(name)s has decided it meanwhile: “%(state)s”. Look again.")
        elif self.state == self.State.IN_REVIEW and self.assigned_to:
            by_now = _("It is with %(name)s meanwhile: “%(state)s”. Look again.")
            words["name"] = self.assigned_to.name
        return Refused("warranty_claim_moved", by_now % words)


class ClaimJob(models.Model):
    """One repair of a claim: what failed when, what was complained of, found and done (W5)."""

    claim = models.ForeignKey(WarrantyClaim, on_delete=models.CASCADE, related_name="jobs", db_index=False)
    position = models.PositiveSmallIntegerField()
    failed_on = models.DateField(null=True, blank=True)
    complaint = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    correction = models.TextField(blank=True)
    meter = models.PositiveIntegerField(null=True, blank=True)
    causal_part = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "position"], name="claim_job_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.position}"


class ClaimLine(models.Model):
    """What a job cost: a part, labour, work of others, or something else (W5); and what is decided about it (W9).

    Amounts are minor units. `allowed` is what the dated tables give; `decided` is empty until an agent has decided
    and is at most `claimed`. `minutes` and `allowed_minutes` are labour's; `explanation` says why it took longer.
    """

    class Kind(models.TextChoices):
        PART = "part", gettext_lazy("Part")
        LABOUR = "labour", gettext_lazy("Labour")
        EXTERNAL = "external", gettext_lazy("External service")
        OTHER = "other", gettext_lazy("Miscellaneous")

    job = models.ForeignKey(ClaimJob, on_delete=models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    part = models.ForeignKey(
        Part, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    operation = models.ForeignKey(
        Operation, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.CharField(max_length=60, blank=True)
    description = models.CharField(max_length=200, blank=True)
    quantity = QuantityField(default=Decimal(1))
    minutes = models.PositiveIntegerField(null=True, blank=True)
    unit_price = models.BigIntegerField(default=0)
    allowed_minutes = models.PositiveIntegerField(null=True, blank=True)
    claimed = models.BigIntegerField(default=0)
    allowed = models.BigIntegerField(null=True, blank=True)
    explanation = models.CharField(max_length=500, blank=True)
    decided = models.BigIntegerField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="claim_line_once"),
            models.CheckConstraint(
                condition=Q(claimed__gte=0)
                & (Q(decided=None) | Q(decided__gte=0, decided__lte=F("claimed"))),
                name="claim_line_decided_within_claimed",
            ),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.kind} {self.claimed}"

    @property
    def within(self) -> int:
        """What of the claimed the tables allow; all of it where none speaks of it."""
        return self.claimed if self.allowed is None else min(self.claimed, self.allowed)

    @property
    def reason(self) -> str:
        """Why less is approved than is claimed, in the reader's language."""
        return reason_words(self.decision_reason)


class ClaimEntry(models.Model):
    """One entry of a claim's ledger of money, never edited: a decision, a correction of it, a settlement (W9, W12).

    `amount` is in minor units, negative for a correction that takes back. `key` makes writing it once safe.
    """

    class Kind(models.TextChoices):
        APPROVAL = "approval", gettext_lazy("Approval")
        CORRECTION = "correction", gettext_lazy("Correction")
        SETTLEMENT = "settlement", gettext_lazy("Settlement")

    class Method(models.TextChoices):
        CREDIT = "credit", gettext_lazy("Credit")
        REPLACEMENT = "replacement", gettext_lazy("Replacement")
        REPAIR = "repair", gettext_lazy("Repair")

    claim = models.ForeignKey(WarrantyClaim, on_delete=models.PROTECT, related_name="entries", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    method = models.CharField(max_length=12, choices=Method, blank=True)
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=500, blank=True)
    key = models.CharField(max_length=80, null=True, unique=True)
    by_name = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="correction") | Q(amount__gte=0), name="claim_entry_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(kind="settlement") & ~Q(method="") | (~Q(kind="settlement") & Q(method="")),
                name="claim_entry_settled_by_a_method",
            ),
        ]
        indexes = [
            models.Index(fields=["claim", "id"], name="claim_entry_claim"),
            models.Index(fields=["customer", "-made_at", "-id"], name="claim_entry_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.kind} {self.amount}"
