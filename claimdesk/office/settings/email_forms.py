"""The forms of a system e-mail: its words, and how it is sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.company.checking import missing_secrets, problem_of_words
from claimdesk.company.queries.system_emails import Sending, Wording, own_wording
from claimdesk.company.system_emails.declaring import DeclaredEmail
from claimdesk.office.settings.fields import AddressesField
from claimdesk.web.sent_forms import SentForm


class SendingForm(SentForm):
    """On or off, and who gets a copy."""

    is_on = forms.BooleanField(label=gettext_lazy("Send this e-mail"), required=False)
    cc = AddressesField(
        label=gettext_lazy("cc"),
        help_text=gettext_lazy("Addresses with commas between; the reader sees them."),
    )
    bcc = AddressesField(
        label=gettext_lazy("bcc"),
        help_text=gettext_lazy("Addresses with commas between; the reader does not see them."),
    )

    def __init__(self, data: Any = None, *, email: DeclaredEmail, sending: Sending) -> None:
        initial = {"is_on": sending.is_on, "cc": ", ".join(sending.cc), "bcc": ", ".join(sending.bcc)}
        super().__init__(data, initial=initial)
        if not email.may_be_off:
            self.fields["is_on"].disabled = True
            self.fields["is_on"].help_text = _("This e-mail guards people's sign-in and is always sent.")
        if email.has_secrets:
            self.fields["cc"].help_text = _(
                "They get a copy of their own, without the personal link or code."
            )


class WordingForm(SentForm):
    """Subject, text and HTML in one language; what stays as built in follows the built-in words."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=250, required=False)
    text = forms.CharField(
        label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 16}), required=False
    )
    html = forms.CharField(
        label=gettext_lazy("HTML"),
        help_text=gettext_lazy(
            "Empty: the HTML part is made from the text. A paragraph with only a link becomes a button."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        required=False,
    )

    def __init__(self, data: Any = None, *, email: DeclaredEmail, language: str, wording: Wording) -> None:
        own = own_wording(email.key, language)
        initial = {"subject": wording.subject, "text": wording.text, "html": own.html if own else ""}
        super().__init__(data, initial=initial)
        self.email = email

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in ("subject", "text", "html"):
            words = values.get(name, "")
            problem = problem_of_words(self.email.key, words)
            if not problem and name != "subject" and words and missing_secrets(self.email.key, words):
                problem = _("The link or code is missing, without which this e-mail is of no use.")
            if problem:
                self.add_error(name, problem)
        return values

    def words(self, built_in: Wording) -> dict[str, str]:
        """Return what differs from the built-in words; the rest empty, so that it follows them."""
        typed = {name: value.replace("\r\n", "\n").strip() for name, value in self.cleaned_data.items()}
        return {name: "" if value == getattr(built_in, name) else value for name, value in typed.items()}

    def wording(self, built_in: Wording) -> Wording:
        """Return the words as typed, for a preview."""
        return Wording(
            **{name: value or getattr(built_in, name) for name, value in self.cleaned_data.items()}
        )
