"""What is on file at a customer: addresses, contacts, domains, aliases; and pairs of customers alike."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from claimdesk.customers.models.customer import Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.text import fold, fold_email, fold_number


class Address(models.Model):
    """A billing address (one) or a shipping address (several). `country` is ISO 3166 alpha-2."""

    class Kind(models.TextChoices):
        BILLING = "billing", gettext_lazy("Billing")
        SHIPPING = "shipping", gettext_lazy("Shipping")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.BILLING)
    label = models.CharField(max_length=80, blank=True)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    postcode_folded = models.CharField(max_length=20, editable=False)
    town = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=80, blank=True)
    country = models.CharField(max_length=2, blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=models.Q(kind="billing"), name="address_one_billing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street}, {self.postcode} {self.town}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.postcode_folded = fold_number(self.postcode)
        super().save(*args, **kwargs)


class Contact(models.Model):
    """A person on file at a customer, with or without a sign-in."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=160, editable=False)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=80, blank=True)
    is_enabled = models.BooleanField(default=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index(fields=["name_folded", "id"], name="contact_name"),
            models.Index(
                fields=["name_folded", "id"], condition=models.Q(is_enabled=False), name="contact_disabled"
            ),
            models.Index(fields=["email"], name="contact_email"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded keys; importers that go past save() call it themselves."""
        self.name_folded = fold(self.name)[:160]
        self.email = fold_email(self.email) if self.email else ""


class Domain(models.Model):
    """An e-mail domain of a customer; it proves something once staff confirmed it (A33)."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="domains")
    domain = models.CharField(max_length=253)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "domain"], name="domain_once")]
        indexes = [models.Index(fields=["domain"], name="domain_domain")]

    def __str__(self) -> str:
        return self.domain


class Alias(models.Model):
    """An old number or name of a customer, by which it is still found (A74)."""

    class Kind(models.TextChoices):
        NUMBER = "number", gettext_lazy("Number")
        NAME = "name", gettext_lazy("Name")

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="aliases")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=200)
    folded = models.CharField(max_length=240)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "kind", "folded"], name="alias_once")]
        indexes = [models.Index(fields=["kind", "folded"], name="alias_folded")]

    def __str__(self) -> str:
        return self.value


class DuplicatePair(models.Model):
    """Two customers that may be one, the one with the smaller key first. `reasons` as the matcher gives them."""

    class State(models.TextChoices):
        OPEN = "open", gettext_lazy("Open")
        DISMISSED = "dismissed", gettext_lazy("Dismissed")
        MERGED = "merged", gettext_lazy("Merged")

    first = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField()
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_once"),
            models.CheckConstraint(condition=models.Q(first__lt=models.F("second")), name="duplicate_order"),
        ]
        indexes = [models.Index(fields=["state", "-probability", "-id"], name="duplicate_best")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"


class StaleAddress(models.Model):
    """An e-mail address that has ceased to prove anything for a customer (A82): mail bounced, or it was given up."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="stale_addresses")
    email = models.EmailField(max_length=254)
    since = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["customer", "email"], name="stale_address_once")]

    def __str__(self) -> str:
        return self.email


def folded_alias(kind: str, value: str) -> str:
    """Return an alias as it is compared."""
    return fold_number(value) if kind == Alias.Kind.NUMBER else fold(value)[:240]
