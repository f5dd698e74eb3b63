"""The form of an RMA's goods on their way, which office and portal share."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from claimdesk.web.sent_forms import SentForm


class SendingForm(SentForm):
    """By whom goods are on their way; `carriers` are suggested."""

    carrier = forms.CharField(label=_("Carrier"), max_length=80, required=False)
    tracking_number = forms.CharField(label=_("Tracking number"), max_length=80, required=False)

    def __init__(self, data: Any = None, *, carriers: Sequence[str] = ()) -> None:
        super().__init__(data)
        if carriers:
            words = _("Such as %(carriers)s.") % {"carriers": ", ".join(carriers)}
            self.fields["carrier"].help_text = words
