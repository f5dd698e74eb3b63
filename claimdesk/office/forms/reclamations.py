"""Forms of working on a reclamation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claimdesk.aftersales.actions.reclamation_deeds import LONGEST_PARTS
from claimdesk.aftersales.models import ReclamationLine
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.web.claim_forms import QuantitiesForm
from claimdesk.web.sent_forms import SentForm

LONGEST_REASON = 4000
OUTCOMES_TOLD = [
    each for each in ReclamationLine.Outcome.choices if each[0] not in ("", ReclamationLine.Outcome.CANCELED)
]
LEFT = ("", _("nothing: free again"))


class ClosingForm(SentForm):
    """What became of the lines that nothing is known of yet; where one is left, why (R7)."""

    def __init__(self, data: Any = None, *, lines: Iterable[ReclamationLine], is_marked: bool) -> None:
        super().__init__(data)
        self.unfinished = [line for line in lines if line.unfinished]
        for line in self.unfinished:
            words = _("What became of %(quantity)s × %(article)s?")
            self.fields[f"outcome_{line.line_id}"] = forms.ChoiceField(
                label=words
                % {"quantity": shown_quantity(line.unfinished), "article": line.line.product_name},
                choices=[LEFT, *OUTCOMES_TOLD],
                initial=ReclamationLine.Outcome.REFUNDED if is_marked else "",
                required=False,
            )
        self.fields["reason"] = forms.CharField(
            label=_("Reason"),
            help_text=_("Needed where an item is left unfinished. The customer reads it."),
            max_length=LONGEST_REASON,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_left = any(not values.get(f"outcome_{line.line_id}") for line in self.unfinished)
        if is_left and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why it is closed with unfinished items."))
        return values

    @property
    def outcomes(self) -> dict[int, str]:
        """What became of the lines, by key of the order's line."""
        return {line.line_id: self.cleaned_data[f"outcome_{line.line_id}"] for line in self.unfinished}


class PartsForm(QuantitiesForm):
    """Which parts were sent, and for which quantities."""

    parts = forms.CharField(
        label=_("Which parts"),
        help_text=_("The customer reads it."),
        max_length=LONGEST_PARTS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
