"""The form of the order process: its text, or a file of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.orders.process.reading import LARGEST


class ProcessForm(forms.Form):
    """The text of a process; a file that is brought takes its place."""

    text = forms.CharField(
        label=gettext_lazy("The process, as TOML"),
        error_messages={"required": gettext_lazy("Write a process, or bring a file.")},
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 28, "class": "process-text", "spellcheck": "false", "wrap": "off"}
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or bring a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
    )

    def clean(self) -> dict[str, Any]:
        """Take the file's text where there is one."""
        cleaned: dict[str, Any] = super().clean() or {}
        brought = cleaned.get("file")
        if brought:
            self.errors.pop("text", None)
        if brought and brought.size > LARGEST:
            self.add_error("file", _("The file is larger than 256 kB."))
        elif brought:
            try:
                cleaned["text"] = brought.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This is no text in UTF-8. Save it as UTF-8."))
        return cleaned
