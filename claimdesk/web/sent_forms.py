"""Forms that may be left empty: told apart from a POST that brings nothing of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

MARK = "is_sent"


class SentForm(forms.Form):
    """A form without a field that must be filled: it counts only when something of it arrived.

    To a browser an unticked box is no box. Without this, a POST from elsewhere, or one cut short, would
    untick them all. The mark is a hidden field, for forms that consist of boxes alone.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields[MARK] = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    @property
    def has_arrived(self) -> bool:
        """Tell whether the POST brings anything of this form."""
        return any(field.html_name in self.data or field.html_name in self.files for field in self)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values.pop(MARK, None)
        if not self.has_arrived:
            raise forms.ValidationError(_("Nothing of this form arrived, so nothing was changed. Try again."))
        return values
