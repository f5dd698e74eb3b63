"""What one types into a conversation."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.company.queries.system_emails import addresses
from claimdesk.conversations.actions.emails import LONGEST as LONGEST_LETTER
from claimdesk.conversations.actions.emails import MOST_COPIES
from claimdesk.conversations.actions.messages import LONGEST
from claimdesk.web.files.fields import FilesField


class CommentForm(forms.Form):
    """A comment with its files; with `is_internal` a note for staff only."""

    body = forms.CharField(
        label=gettext_lazy("Comment"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    upload = FilesField(required=False)

    def __init__(self, *arguments: Any, is_internal: bool = False, **named: Any) -> None:
        named["prefix"] = "note" if is_internal else None
        named["auto_id"] = "said_%s"  # beside the files of the claim, which have an upload of their own
        super().__init__(*arguments, **named)
        if is_internal:
            self.fields["body"].label = _("Internal note")


class LetterForm(forms.Form):
    """An e-mail: to, cc, subject, text, files (E10)."""

    to = forms.EmailField(label=gettext_lazy("To"))
    cc = forms.CharField(
        label=gettext_lazy("Cc"),
        required=False,
        help_text=gettext_lazy("Several addresses are separated by commas."),
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=250)
    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=LONGEST_LETTER, widget=forms.Textarea(attrs={"rows": 10})
    )
    upload = FilesField(required=False)

    def clean_cc(self) -> list[str]:
        copies = addresses(self.cleaned_data["cc"])
        for address in copies:
            validate_email(address)
        if len(copies) > MOST_COPIES:
            raise forms.ValidationError(_("At most %(most)d people can get a copy.") % {"most": MOST_COPIES})
        return copies
