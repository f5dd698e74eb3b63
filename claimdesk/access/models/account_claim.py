"""A user's wish to belong to an existing customer."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.customers.models import Customer
from claimdesk.kernel import dates
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused

UNDO_MINUTES = 30


class AccountClaim(models.Model):
    """A user's wish to belong to `customer`, Pending until staff decide.

    `requested` is what the user typed at onboarding, `evidence` the matcher's reasons on the day of the claim
    ([{code, params, weight}]), `candidates` the other customers that came into question ([{customer_id,
    probability, reasons}]). `mailbox` meets other spellings of the address (A47). `note` is internal, `words`
    are what the applicant reads. `awaiting` tells who is to move next.
    """

    class State(models.TextChoices):
        PENDING = "pending", gettext_lazy("Pending")
        APPROVED = "approved", gettext_lazy("Approved")
        DENIED = "denied", gettext_lazy("Denied")

    class Awaiting(models.TextChoices):
        STAFF = "staff", gettext_lazy("Staff")
        APPLICANT = "applicant", gettext_lazy("Applicant")

    class Decision(models.TextChoices):
        NONE = "", ""
        APPROVED = "approved", gettext_lazy("approved")
        OTHER_CUSTOMER = "other_customer", gettext_lazy("linked to another customer")
        NEW_CUSTOMER = "new_customer", gettext_lazy("made a new customer")
        DENIED = "denied", gettext_lazy("denied")
        SETTLED = "settled", gettext_lazy("settled by access gained another way")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.PENDING: (State.APPROVED, State.DENIED),
        State.APPROVED: (State.PENDING,),
        State.DENIED: (State.PENDING,),
    }

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="account_claims"
    )
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="account_claims")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    requested = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    probability = models.FloatField(default=0)
    is_ambiguous = models.BooleanField(default=False)
    is_proved = models.BooleanField(default=False)
    is_stale = models.BooleanField(default=False)
    mailbox = models.CharField(max_length=254)
    awaiting = models.CharField(max_length=10, choices=Awaiting, default=Awaiting.STAFF)
    decision = models.CharField(max_length=20, choices=Decision, default=Decision.NONE, blank=True)
    decided_customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    words = models.TextField(blank=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "customer"],
                condition=models.Q(state="pending"),
                name="account_claim_one_pending",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-created_at", "-id"], name="account_claim_state"),
            models.Index(fields=["-created_at", "-id"], name="account_claim_created"),
            models.Index(fields=["customer", "state"], name="account_claim_customer"),
            models.Index(fields=["user", "-id"], name="account_claim_user"),
            models.Index(fields=["mailbox", "customer"], name="account_claim_mailbox"),
            models.Index(fields=["-changed_at"], name="account_claim_changed"),
            models.Index(fields=["-decided_at", "-id"], name="account_claim_decided"),
            models.Index(fields=["state", "awaiting"], name="account_claim_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} claims {self.customer_id}"

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING

    @property
    def is_undoable(self) -> bool:
        """Tell whether the decision may still be taken back (A55)."""
        if self.is_pending or self.decided_at is None or self.decision == self.Decision.SETTLED:
            return False
        return self.decided_at >= now() - timedelta(minutes=UNDO_MINUTES)

    def refuse_move(self, to: str) -> Refused:
        if self.state == self.State.PENDING:
            return Refused("not_decided", _("This account claim is not decided yet."))
        return Refused(
            "already_decided",
            _("Already decided by %(name)s on %(at)s: %(status)s.")
            % {
                "name": self.decided_by_name or _("the system"),
                "at": dates.instant(self.decided_at) or "–",
                "status": self.get_state_display(),
            },
        )


class ChecklistTick(models.Model):
    """One ticked line of the reviewer's checklist on an account claim (A57)."""

    account_claim = models.ForeignKey(AccountClaim, on_delete=models.CASCADE, related_name="ticks")
    line = models.CharField(max_length=200)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_claim", "line"], name="checklist_tick_once")]

    def __str__(self) -> str:
        return self.line
