"""The field that takes files: dragged, pasted, from the camera, several at once; a plain file input without script."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.conversations.files.kinds import KINDS
from claimdesk.conversations.files.taking import MOST_AT_ONCE, NotTaken, TakenFile, take

_KINDS = gettext_lazy(
    "Pictures, PDF, Word, Excel, PowerPoint, OpenDocument, text, CSV and zip files, up to 25 MB each."
)
ACCEPT = ",".join(f".{extension}" for kind in KINDS.values() for extension in kind.extensions)


class UploadInput(forms.ClearableFileInput):
    """A file input for several files, with a place to drop them and a way to the camera."""

    allow_multiple_selected = True
    template_name = "web/files/input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, "accept": ACCEPT, **(attrs or {})})


class FilesField(forms.FileField):
    """Several files, each looked at and cleaned. Its value is a list of TakenFile, empty where nothing came."""

    widget = UploadInput

    def __init__(self, **named: Any) -> None:
        named.setdefault("label", gettext_lazy("Files"))
        named.setdefault("help_text", _KINDS)
        super().__init__(**named)

    def clean(self, data: Any, initial: Any = None) -> list[TakenFile]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        files = [file for file in given if isinstance(file, UploadedFile)]
        if self.required and not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(files) > MOST_AT_ONCE:
            words = _("Please choose at most %(most)d files at once.") % {"most": MOST_AT_ONCE}
            raise forms.ValidationError(words, code="too_many")
        taken, errors = [], []
        for file in files:
            try:
                taken.append(take(file, name=file.name or "", size=file.size or 0))
            except NotTaken as refusal:
                errors.append(forms.ValidationError(str(refusal), code=refusal.reason))
        if errors:
            raise forms.ValidationError(errors)
        return taken


class FilesForm(forms.Form):
    """Files for a subject."""

    upload = FilesField()
