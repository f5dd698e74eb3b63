"""Units, and who had them when."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.catalog.models import Product
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.warranty.serials import LONGEST, fold_serial


class Unit(models.Model):
    """One physical thing with a serial number, assigned to a dealer (U3).

    `region` is the country (ISO 3166) in whose days its cover is counted. `delivered_on`, `owner_name` and
    `is_registered` are the registration's in force, `cover_ends_on` the last day of the base cover by the policies of
    the day it was computed: kept here for lists, while an answer is always computed. A replaced unit is inactive and
    names the one that took its place (U7).
    """

    class State(models.TextChoices):
        ACTIVE = "active", gettext_lazy("Active")
        INACTIVE = "inactive", gettext_lazy("Inactive")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.ACTIVE: (State.INACTIVE,),
        State.INACTIVE: (State.ACTIVE,),
    }

    serial = models.CharField(max_length=LONGEST)
    serial_folded = models.CharField(max_length=2 * LONGEST, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="units", db_index=False)
    dealer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="units", db_index=False
    )
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    region = models.CharField(max_length=2, blank=True)
    manufactured_on = models.DateField(null=True, blank=True)
    shipped_on = models.DateField(null=True, blank=True)
    invoiced_on = models.DateField(null=True, blank=True)
    delivered_on = models.DateField(null=True, blank=True)
    owner_name = models.CharField(max_length=200, blank=True)
    is_registered = models.BooleanField(default=False)
    cover_ends_on = models.DateField(null=True, blank=True)
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces"
    )
    replaced_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    import_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint("serial_folded", name="unit_serial_once"),
            models.UniqueConstraint("external_id", condition=~Q(external_id=""), name="unit_external_once"),
            models.CheckConstraint(condition=~Q(serial_folded=""), name="unit_has_a_serial"),
            models.CheckConstraint(
                condition=Q(replaced_by=None, replaced_on=None)
                | Q(replaced_by__isnull=False, replaced_on__isnull=False, state="inactive"),
                name="unit_replaced_is_inactive",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("id")), name="unit_replaced_by_another"
            ),
            models.CheckConstraint(
                condition=Q(delivered_on=None)
                | Q(manufactured_on=None)
                | Q(delivered_on__gte=F("manufactured_on")),
                name="unit_made_before_delivery",
            ),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="unit_created"),
            models.Index(fields=["dealer", "-created_at", "-id"], name="unit_dealer"),
            models.Index(fields=["product", "-created_at", "-id"], name="unit_product"),
            models.Index(fields=["state", "-created_at", "-id"], name="unit_state"),
            models.Index(fields=["cover_ends_on", "id"], name="unit_cover_ends"),
            # What waits to be registered, by dealer (U3).
            models.Index(
                fields=["dealer", "-created_at", "-id"],
                condition=Q(is_registered=False, state="active"),
                name="unit_pending",
            ),
            # What people type is the beginning of a serial: PostgreSQL's LIKE wants bytes compared.
            models.Index(fields=["serial_folded"], name="unit_serial", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.serial

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = {*kwargs["update_fields"], "serial_folded"}
        super().save(*args, **kwargs)

    def fold(self) -> None:
        """Set the folded key; importers that go past save() call it themselves."""
        self.serial_folded = fold_serial(self.serial)

    def refuse_move(self, to: str) -> Refused:
        return Refused("unit_state", _("Unit %(serial)s has changed meanwhile.") % {"serial": self.serial})


class Custody(models.Model):
    """Who had a unit from when until when, both days included: the factory, a dealer, its owner (U6).

    The right to see a unit's history follows whom it is with now.
    """

    class Role(models.TextChoices):
        FACTORY = "factory", gettext_lazy("Factory")
        DEALER = "dealer", gettext_lazy("Dealer")
        OWNER = "owner", gettext_lazy("Owner")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="custodies", db_index=False)
    role = models.CharField(max_length=8, choices=Role)
    customer = models.ForeignKey(
        Customer, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    holder_name = models.CharField(max_length=200, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(until_on=None), name="custody_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="custody_days_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "from_on", "id"], name="custody_unit"),
            models.Index(
                fields=["customer", "unit"],
                condition=Q(customer__isnull=False, until_on=None),
                name="custody_customer_now",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.role} {self.from_on}"


class Transfer(models.Model):
    """A dealer's wish to hand a unit on to another, who accepts or refuses (U6)."""

    class State(models.TextChoices):
        ASKED = "asked", gettext_lazy("Asked")
        ACCEPTED = "accepted", gettext_lazy("Accepted")
        REFUSED = "refused", gettext_lazy("Refused")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.ASKED: (State.ACCEPTED, State.REFUSED, State.WITHDRAWN),
    }

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="transfers", db_index=False)
    from_customer = models.ForeignKey(
        Customer, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    to_customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    note = models.CharField(max_length=500, blank=True)
    asked_by_name = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField(default=now)
    decided_by_name = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state="asked"), name="transfer_one_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="transfer_unit"),
            models.Index(fields=["to_customer", "state", "-id"], name="transfer_to"),
            models.Index(fields=["from_customer", "state", "-id"], name="transfer_from"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} to {self.to_customer_id}"

    def refuse_move(self, to: str) -> Refused:
        return Refused(
            "transfer_decided",
            _("This transfer is %(state)s already.") % {"state": self.get_state_display()},
        )
