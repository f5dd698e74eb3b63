"""Fields by which people say who they are; each refuses what no honest person types, in clear words."""

import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.kernel.text import fold_email, has_markup, tidy
from claimdesk.people.models import User

_LONGEST_PASSWORD = 256


def refuse_control_characters(text: str) -> None:
    """Refuse line breaks and the like, by which mail headers are forged and names are made to look like others."""
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") for character in text):
        raise ValidationError(_("There are invisible characters in it. Type it instead of pasting it."))


def refuse_markup(text: str) -> None:
    """Refuse markup and web addresses, which no name has; mails would carry them to others."""
    if has_markup(text):
        raise ValidationError(_("Names have no web addresses and no < or >."))


class LineField(forms.CharField):
    """One line of text, tidied."""

    default_validators = [refuse_control_characters]

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return text if any(unicodedata.category(c)[0] == "C" for c in text) else tidy(text)


class NameField(LineField):
    """A name of a person or an organization."""

    default_validators = [refuse_control_characters, refuse_markup]


class EmailAddressField(forms.EmailField):
    """An e-mail address, compared as `fold_email` has it: look-alike domains show in their ASCII form."""

    def __init__(self, **options: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"})
        defaults: dict[str, Any] = {"label": gettext_lazy("E-mail"), "max_length": 254, "widget": widget}
        super().__init__(**(defaults | options))

    def clean(self, value: Any) -> str:
        address = super().clean(value)
        if not address:
            return ""
        folded = fold_email(address)
        if not folded.isascii() or folded.count("@") != 1 or len(folded) > 254:
            raise ValidationError(_("Enter a valid email address."), code="invalid")
        return folded


class UsernameField(LineField):
    """A username: plain letters and digits, so that none looks like another's, and no @."""

    default_validators = [
        RegexValidator(
            r"^[A-Za-z0-9][A-Za-z0-9._+-]*$",
            gettext_lazy("Use letters without accents, digits, and . _ + - only."),
        )
    ]

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        )
        defaults: dict[str, Any] = {
            "label": gettext_lazy("Username"),
            "min_length": 2,
            "max_length": 60,
            "widget": widget,
        }
        super().__init__(**(defaults | options))


class NewPasswordField(forms.CharField):
    """A password to be set; `check_new_password` looks at it beside its owner's names."""

    def __init__(self, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        defaults: dict[str, Any] = {
            "label": gettext_lazy("Password"),
            "strip": False,
            "max_length": _LONGEST_PASSWORD,
            "widget": widget,
            "help_text": gettext_lazy(
                "At least 10 characters; a few words are easier to remember than signs."
            ),
        }
        super().__init__(**(defaults | options))


class PasswordField(forms.CharField):
    """One's present password."""

    def __init__(self, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        defaults: dict[str, Any] = {
            "label": gettext_lazy("Password"),
            "strip": False,
            "max_length": _LONGEST_PASSWORD,
            "widget": widget,
        }
        super().__init__(**(defaults | options))


class CodeField(forms.CharField):
    """Six digits from a mail or a device; blanks between them do not matter."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none"}
        )
        defaults: dict[str, Any] = {"label": gettext_lazy("Code"), "max_length": 20, "widget": widget}
        super().__init__(**(defaults | options))

    def to_python(self, value: Any) -> str:
        return "".join((super().to_python(value) or "").split())


def check_new_password(form: forms.Form, field: str, user: User) -> None:
    """Add what is wrong with the new password of `user` to the form."""
    password = form.cleaned_data.get(field)
    if not password:
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        form.add_error(field, error)
