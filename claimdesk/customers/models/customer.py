"""The business that buys."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import fold, fold_email, fold_number


class CustomerGroup(models.Model):
    """A group that a seller sorts customers into."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class Customer(models.Model):
    """A business that buys: number, name, addresses, terms, status.

    `number` is ours (A16) or the ERP's. `discount` is in basis points (1 % = 100). `merged_into` points to the
    survivor of a merge. `erp_number` and `erp_name` are what the ERP calls it (A79), `erp_wish` what staff
    chose on approval (A67). `source_digest` is the digest of the import row it last came from.
    """

    class Status(models.TextChoices):
        NEW = "new", gettext_lazy("New")
        ADMIN = "admin", gettext_lazy("Admin")
        ACTIVE = "active", gettext_lazy("Active")
        INACTIVE = "inactive", gettext_lazy("Inactive")

    class Kind(models.TextChoices):
        BUSINESS = "business", gettext_lazy("Business")
        INDIVIDUAL = "individual", gettext_lazy("Individual")

    class Origin(models.TextChoices):
        STAFF = "staff", gettext_lazy("made by staff")
        REGISTRATION = "registration", gettext_lazy("registered")
        IMPORT = "import", gettext_lazy("imported")

    class ErpWish(models.TextChoices):
        LATER = "later", gettext_lazy("Later")
        LINK = "link", gettext_lazy("Link")
        CREATE = "create", gettext_lazy("Create")

    # A77
    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.NEW: (Status.ACTIVE, Status.ADMIN, Status.INACTIVE),
        Status.ADMIN: (Status.ACTIVE, Status.INACTIVE),
        Status.ACTIVE: (Status.INACTIVE,),
        Status.INACTIVE: (Status.ACTIVE,),
    }

    number = models.CharField(max_length=40)
    number_folded = models.CharField(max_length=40, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.BUSINESS)
    name = models.CharField(max_length=200)
    name_folded = models.CharField(max_length=240, editable=False)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    website = models.CharField(max_length=200, blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    state_changed_at = models.DateTimeField(default=now)
    first_activated_at = models.DateTimeField(null=True, blank=True)
    terms = models.CharField(max_length=80, blank=True)
    price_group = models.CharField(max_length=40, blank=True)
    discount = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=10, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    groups = models.ManyToManyField(CustomerGroup, blank=True, related_name="customers")
    representative = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,  # customer_representative begins with it
    )
    notes = models.TextField(blank=True)
    origin = models.CharField(max_length=20, choices=Origin, default=Origin.STAFF)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged", db_index=False
    )
    external_id = models.CharField(max_length=80, blank=True)
    erp_number = models.CharField(max_length=40, blank=True)
    erp_name = models.CharField(max_length=200, blank=True)
    erp_wish = models.CharField(max_length=10, choices=ErpWish, default=ErpWish.LATER)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint("number_folded", name="customer_number_once"),
            models.UniqueConstraint(
                Lower("email"), condition=~models.Q(email=""), name="customer_email_once"
            ),
            models.UniqueConstraint(
                "external_id", condition=~models.Q(external_id=""), name="customer_external_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="active") | ~models.Q(email=""), name="customer_active_has_email"
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(state="active"),
                name="customer_merged_not_active",
            ),
        ]
        indexes = [
            models.Index(fields=["name_folded", "id"], name="customer_name"),
            models.Index(fields=["state", "name_folded", "id"], name="customer_state_name"),
            models.Index(fields=["state", "-created_at", "-id"], name="customer_state_created"),
            models.Index(fields=["-created_at", "-id"], name="customer_created"),
            models.Index(fields=["erp_number"], name="customer_erp_number"),
            # Those who have one: most of a large register have none, and each index by name costs an import much.
            models.Index(
                fields=["representative", "name_folded", "id"],
                condition=models.Q(representative__isnull=False),
                name="customer_representative",
            ),
            # Few among the many that were imported.
            models.Index(
                fields=["name_folded", "id"],
                condition=~models.Q(origin="import"),
                name="customer_not_imported",
            ),
            models.Index(
                fields=["name_folded", "id"], condition=models.Q(email=""), name="customer_without_email"
            ),
            # Only the few that were merged: an index of all would draw lists away from the one of their sort.
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="customer_merged_into",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_folded", "number_folded"}
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded keys; importers that go past save() call it themselves."""
        self.name_folded = fold(self.name)[:240]
        self.number_folded = fold_number(self.number) or self.number
        self.email = fold_email(self.email) if self.email else ""

    def refuse_move(self, to: str) -> Refused:
        if self.state == to:
            return Refused(
                "already_in_status",
                _("The customer is already %(status)s.") % {"status": self.get_state_display()},
            )
        return Refused(
            "status_not_allowed",
            _("The customer is %(status)s; from there it cannot become %(wanted)s.")
            % {"status": self.get_state_display(), "wanted": self.Status(to).label},
        )

    @property
    def is_new(self) -> bool:
        return self.state == self.Status.NEW
