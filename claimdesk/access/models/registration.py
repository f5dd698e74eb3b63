"""The way in: registrations, onboarding, verification, set-password links, changes of address."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now


class Registration(models.Model):
    """A newcomer before the e-mail address is verified: no user, nothing matched, nothing blocked (A10).

    Code and link are derived from `nonce`. `for_customer` is set when three facts opened the form (A20).
    `password` is hashed. One becomes a user once.
    """

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        COMPLETED = "completed", gettext_lazy("Completed")
        VOID = "void", gettext_lazy("Void")

    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    username = models.CharField(max_length=60)
    password = models.CharField(max_length=128)
    language = models.CharField(max_length=10, blank=True)
    nonce = models.CharField(max_length=40)
    attempts = models.PositiveSmallIntegerField(default=0)
    mails = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    for_customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["email"], name="registration_email")]

    def __str__(self) -> str:
        return self.email


class Onboarding(models.Model):
    """What a new user said of his organization; saved while he types, submitted once (A2)."""

    class Kind(models.TextChoices):
        BUSINESS = "business", gettext_lazy("Business")
        INDIVIDUAL = "individual", gettext_lazy("Individual")

    class Outcome(models.TextChoices):
        NONE = "", ""
        LINKED = "linked", gettext_lazy("linked automatically")
        ACCOUNT_CLAIM = "account_claim", gettext_lazy("account claim made")
        NEW_CUSTOMER = "new_customer", gettext_lazy("new customer made")
        DENIED_BEFORE = "denied_before", gettext_lazy("denied before")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="onboarding")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.BUSINESS)
    organization = models.CharField(max_length=200, blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    town = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    website = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.NONE, blank=True)
    explanation = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.organization or str(self.user_id)


class InvoiceProof(models.Model):
    """An invoice that can prove that somebody belongs to a customer (A20); written by the invoice importer."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="invoice_proofs")
    number = models.CharField(max_length=60)
    number_folded = models.CharField(max_length=60)
    issued_on = models.DateField()
    is_void = models.BooleanField(default=False)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number_folded", "customer"], name="invoice_proof_once"),
        ]
        indexes = [models.Index(fields=["customer", "-issued_on"], name="invoice_proof_customer")]

    def __str__(self) -> str:
        return self.number


class ConnectionRight(models.Model):
    """The right to go on after three right facts: single-use, short-lived, bound to session and customer (A25)."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    session_digest = models.CharField(max_length=64)
    nonce = models.CharField(max_length=40)
    invoice_number = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"to {self.customer_id}"


class PasswordLink(models.Model):
    """A single-use, expiring link to set a password: login details (A62) or a forced new password (A86).

    Sending again makes a new row and voids the earlier ones. A GET never uses it up.
    """

    class Purpose(models.TextChoices):
        LOGIN_DETAILS = "login_details", gettext_lazy("login details")
        RESET = "reset", gettext_lazy("reset")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="password_links"
    )
    customer = models.ForeignKey(Customer, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    nonce = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "purpose"], name="password_link_user")]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.user_id}"


class EmailChange(models.Model):
    """A change of e-mail address: code to the new one, way to cancel to the old one (A82)."""

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        CONFIRMED = "confirmed", gettext_lazy("Confirmed")
        CANCELED = "canceled", gettext_lazy("Canceled")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="email_changes")
    old_email = models.EmailField(max_length=254)
    new_email = models.EmailField(max_length=254)
    nonce = models.CharField(max_length=40)
    attempts = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    cancel_until = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state="open"), name="email_change_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_email} to {self.new_email}"
