"""Forms of RMAs: made, sent, received, inspected."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.aftersales.models import RmaLine
from claimdesk.kernel.quantities import parse_quantity
from claimdesk.web.claim_forms import QuantitiesForm

MOST_UNITS = 200


class RmaForm(forms.Form):
    """Where goods are sent to, until when, and what the customer reads on the slip (M2)."""

    ship_to = forms.CharField(
        label=gettext_lazy("Ship to"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )
    expires_on = forms.DateField(label=gettext_lazy("Expires on"), widget=forms.DateInput)
    note = forms.CharField(
        label=gettext_lazy("Note on the slip"),
        help_text=gettext_lazy("The customer reads it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    inspected_first = forms.BooleanField(
        label=gettext_lazy("Decide the claim only after inspection"), required=False
    )
    is_issued = forms.BooleanField(
        label=gettext_lazy("Issue it now"),
        help_text=gettext_lazy("Otherwise it stays a draft, which the customer does not see."),
        required=False,
        initial=True,
    )

    def __init__(self, data: Any = None, *, today: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.today = today

    def clean_expires_on(self) -> date:
        day = self.cleaned_data["expires_on"]
        if day < self.today:
            raise forms.ValidationError(_("An RMA expires in the future."))
        return day

    @property
    def wanted(self) -> dict[str, Any]:
        """What the actions take beside the goods."""
        names = ("ship_to", "expires_on", "note", "inspected_first")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class UnitsRmaForm(RmaForm):
    """An RMA for units, by their serial numbers."""

    serials = forms.CharField(
        label=gettext_lazy("Serial numbers"),
        help_text=gettext_lazy("One a line."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ("serials", "ship_to", "expires_on", "note", "inspected_first", "is_issued")

    def clean_serials(self) -> list[str]:
        serials = [line.strip() for line in self.cleaned_data["serials"].splitlines() if line.strip()]
        if len(serials) > MOST_UNITS:
            raise forms.ValidationError(_("At most %(most)s units at once.") % {"most": MOST_UNITS})
        return serials


class QuantitiesRmaForm(QuantitiesForm, RmaForm):
    """An RMA for quantities of a reclamation."""

    field_order = ("ship_to", "expires_on", "note", "is_issued")

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        del self.fields["inspected_first"]


class ReceiptForm(forms.Form):
    """How much came, good and damaged counted apart (M3)."""

    good = forms.CharField(label=gettext_lazy("Good"), max_length=20, initial="0")
    damaged = forms.CharField(label=gettext_lazy("Damaged"), max_length=20, initial="0")

    def clean_good(self) -> Decimal:
        return _quantity(self.cleaned_data["good"])

    def clean_damaged(self) -> Decimal:
        return _quantity(self.cleaned_data["damaged"])


class InspectionForm(forms.Form):
    """What was found, and what becomes of it (M3)."""

    disposition = forms.ChoiceField(
        label=gettext_lazy("What becomes of it"),
        choices=[("", gettext_lazy("Choose")), *[each for each in RmaLine.Disposition.choices if each[0]]],
    )
    findings = forms.CharField(
        label=gettext_lazy("What was found"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OutcomeForm(forms.Form):
    """What became of a unit that was not expected."""

    outcome = forms.CharField(
        label=gettext_lazy("What became of it"),
        help_text=gettext_lazy("Such as: sent back, or an RMA of its own was issued."),
        max_length=500,
    )


class CancelForm(forms.Form):
    """Why goods are expected no more."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)


class SerialForm(forms.Form):
    """What a scanner typed."""

    serial = forms.CharField(label=gettext_lazy("Serial number"), max_length=200)
    is_damaged = forms.BooleanField(label=gettext_lazy("Damaged"), required=False)


def _quantity(text: str) -> Decimal:
    try:
        quantity = parse_quantity(text)
    except ValueError:
        raise forms.ValidationError(_("This is no quantity.")) from None
    if quantity < 0:
        raise forms.ValidationError(_("This is no quantity."))
    return quantity
