"""Forms about policies, and a trial of them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.catalog.models import Category
from claimdesk.catalog.queries.products import categories
from claimdesk.kernel.actor import Actor
from claimdesk.office.forms.prices import DayField, ProductNumberField
from claimdesk.warranty.actions.policies import FIELDS, LONGEST_MONTHS
from claimdesk.warranty.models import Policy, Unit
from claimdesk.warranty.queries.units import unit_with_serial
from claimdesk.warranty.wording import FIELDS as LABELS
from claimdesk.web.form_fields import field_of
from claimdesk.web.record_forms import country_choices

MEANT_FOR = ("product", "category", "unit")
LARGEST_READING = 10**9


def _months(name: str, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=LABELS[name], max_value=LONGEST_MONTHS, **options)


class PolicyForm(forms.Form):
    """Everything that a policy says; `seen` tells what the editor saw."""

    name = forms.CharField(label=LABELS["name"], max_length=120)
    kind = forms.ChoiceField(
        label=LABELS["kind"],
        choices=Policy.Kind.choices,
        help_text=gettext_lazy("Goodwill and recalls hold beside the others."),
    )
    product = ProductNumberField(
        required=False,
        help_text=gettext_lazy("Without product, category and unit it is meant for all units."),
    )
    category: forms.ModelChoiceField[Category] = forms.ModelChoiceField(
        label=LABELS["category"], queryset=None, required=False, empty_label="—"
    )
    unit = forms.CharField(label=gettext_lazy("Serial number of one unit"), max_length=60, required=False)
    region = forms.ChoiceField(label=LABELS["region"], choices=country_choices, required=False)
    start = forms.ChoiceField(label=LABELS["start"], choices=Policy.Start.choices)
    months = _months("months", min_value=1)
    fallback_months = _months(
        "fallback_months",
        min_value=0,
        required=False,
        help_text=gettext_lazy("Empty: it waits until the day is known."),
    )
    latest_start_months = _months("latest_start_months", min_value=0, required=False)
    meter_limit = forms.IntegerField(
        label=LABELS["meter_limit"], min_value=0, max_value=LARGEST_READING, required=False
    )
    carry_over_months = _months("carry_over_months", min_value=0, required=False)
    offered_from_on = DayField(label=LABELS["offered_from_on"], required=False)
    offered_until_on = DayField(label=LABELS["offered_until_on"], required=False)
    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, policy: Policy, actor: Actor) -> None:
        initial = {name: getattr(policy, name) for name in FIELDS - {"product", "unit"}}
        initial["seen"] = policy.updated_at.isoformat()
        initial["product"] = policy.product.number if policy.product else ""
        initial["unit"] = policy.unit.serial if policy.unit else ""
        super().__init__(data, initial=initial)
        field_of(self, "product", ProductNumberField).actor = actor
        field_of(self, "category", forms.ModelChoiceField).queryset = categories(actor)
        for field in self.fields.values():
            field.disabled = not policy.is_active

    def clean_unit(self) -> Unit | None:
        text = self.cleaned_data["unit"]
        unit = unit_with_serial(text) if text else None
        if text and unit is None:
            raise ValidationError(_("No unit with this serial number is on file."))
        return unit

    def clean_carry_over_months(self) -> int:
        return self.cleaned_data["carry_over_months"] or 0

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        meant = [name for name in MEANT_FOR if values.get(name) is not None]
        if len(meant) > 1:
            self.add_error(
                meant[1], _("A policy is meant for a product, a category or one unit, not for two.")
            )
        first, last = values.get("offered_from_on"), values.get("offered_until_on")
        if first and last and last < first:
            self.add_error("offered_until_on", _("It lies before the first day."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as a policy's fields."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class TrialForm(forms.Form):
    """A unit that there may not be."""

    trial_product = ProductNumberField(required=False)
    trial_delivered_on = DayField(label=LABELS["delivered_on"], required=False)
    trial_shipped_on = DayField(label=LABELS["shipped_on"], required=False)
    trial_region = forms.ChoiceField(label=LABELS["region"], choices=country_choices, required=False)

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        field_of(self, "trial_product", ProductNumberField).actor = actor
