"""The dealer's word that a unit was delivered (U4)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.warranty.models.unit import Unit


class Registration(models.Model):
    """A unit was delivered to an end customer on a day: that starts the warranty.

    One of a unit's is in force; a correction is a new one that names what it corrects. `answers` is what the seller
    asks besides, as {question: answer}. `meter` is in what the policies count in.
    """

    class State(models.TextChoices):
        IN_FORCE = "in_force", gettext_lazy("In force")
        CORRECTED = "corrected", gettext_lazy("Corrected")
        WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.IN_FORCE: (State.CORRECTED, State.WITHDRAWN),
    }

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    dealer = models.ForeignKey(
        Customer, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    state = models.CharField(max_length=10, choices=State, default=State.IN_FORCE)
    owner_name = models.CharField(max_length=200)
    owner_street = models.CharField(max_length=200, blank=True)
    owner_postcode = models.CharField(max_length=20, blank=True)
    owner_town = models.CharField(max_length=120, blank=True)
    owner_country = models.CharField(max_length=2, blank=True)
    owner_email = models.EmailField(max_length=254, blank=True)
    owner_phone = models.CharField(max_length=60, blank=True)
    delivered_on = models.DateField()
    meter = models.PositiveIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    reason = models.CharField(max_length=500, blank=True)
    registered_by_id = models.BigIntegerField(null=True)
    registered_by_name = models.CharField(max_length=120, blank=True)
    registered_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(state="in_force"), name="registration_one_in_force"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-id"], name="registration_unit"),
            models.Index(fields=["-registered_at", "-id"], name="registration_at"),
            models.Index(fields=["dealer", "-registered_at", "-id"], name="registration_dealer"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.delivered_on}"

    def refuse_move(self, to: str) -> Refused:
        return Refused("registration_changed", _("This registration was changed meanwhile."))
