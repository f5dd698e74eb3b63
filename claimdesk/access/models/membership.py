"""Who belongs to which customer, with which roles."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.customers.models import Contact, Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused


class Membership(models.Model):
    """A user's place at a customer. Every member is a viewer; the other roles are added.

    One row a user and customer: a membership that ended is `removed` and can be granted anew.
    `contact` is the person on file: disabling it ends access here, and it cannot be removed from under a member.
    `order_limit` is how much a buyer may order without a manager's approval, in minor units of the seller's
    currency; empty is no limit (O22). `sees_merged` lists the keys of customers merged into this one whose papers the member may see (A74).
    """

    class State(models.TextChoices):
        ACTIVE = "active", gettext_lazy("Active")
        REMOVED = "removed", gettext_lazy("Removed")

    class Granted(models.TextChoices):
        ACCOUNT_CLAIM = "account_claim", gettext_lazy("account claim approved")
        AUTO_APPROVAL = "auto_approval", gettext_lazy("approved automatically")
        FIRST_MANAGER = "first_manager", gettext_lazy("first manager of a new account")
        VERIFICATION = "verification", gettext_lazy("proved by account number, postcode and invoice")
        INVITATION = "invitation", gettext_lazy("invited")
        BY_HAND = "by_hand", gettext_lazy("added by staff")
        MERGE = "merge", gettext_lazy("moved by a merge")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="memberships")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    is_buyer = models.BooleanField(default=False)
    is_service = models.BooleanField(default=False)
    is_manager = models.BooleanField(default=False)
    order_limit = models.PositiveBigIntegerField(null=True, blank=True)
    granted = models.CharField(max_length=20, choices=Granted)
    granted_by_name = models.CharField(max_length=120, blank=True)
    sees_merged = models.JSONField(default=list, blank=True)
    since = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "customer"], name="membership_once")]
        indexes = [models.Index(fields=["customer", "state"], name="membership_customer")]

    def __str__(self) -> str:
        return f"{self.user_id} at {self.customer_id}"

    @property
    def roles(self) -> list[str]:
        """Return the role names, viewer first."""
        held = (("buyer", self.is_buyer), ("service", self.is_service), ("manager", self.is_manager))
        return ["viewer", *(name for name, has in held if has)]


class Invitation(models.Model):
    """A manager's or staff's invitation of an e-mail address to a customer; the link is derived from `nonce`."""

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        CANCELED = "canceled", gettext_lazy("Canceled")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.OPEN: (State.ACCEPTED, State.CANCELED)}

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    roles = models.JSONField(default=list)
    nonce = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    invited_by_id = models.BigIntegerField(null=True)
    invited_by_name = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "email"], condition=models.Q(state="open"), name="invitation_once"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def refuse_move(self, to: str) -> Refused:
        return Refused(
            "invitation_over", _("This invitation was used, canceled or is too old. Ask for a fresh one.")
        )


class ActingSession(models.Model):
    """Staff acting for a customer for a limited time, with a reason (A84)."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.staff_id} for {self.customer_id}"
