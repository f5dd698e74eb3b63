"""Forms about what is on file at a customer, which office and portal share."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from claimdesk.customers.models import Address
from claimdesk.web.person_fields import NameField


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by name, with none on top."""
    return [("", "—"), *((code, str(name)) for code, name in countries)]


def language_choices() -> list[tuple[str, str]]:
    """Return the languages that mails can be written in, with the seller's own on top."""
    return [("", str(_("As the seller's"))), *((code, str(name)) for code, name in settings.LANGUAGES)]


def language_name(code: str) -> str:
    """Return the name of a language, or the code where we have no name for it."""
    return str(dict(settings.LANGUAGES).get(code, code))


class AddressForm(forms.Form):
    """An address on file."""

    label = forms.CharField(label=_("Name of the address"), max_length=80, required=False)
    street = forms.CharField(label=_("Street"), max_length=200, required=False)
    postcode = forms.CharField(label=_("Postcode"), max_length=20, required=False)
    town = forms.CharField(label=_("Town"), max_length=120)
    region = forms.CharField(label=_("Region"), max_length=80, required=False)
    country = forms.ChoiceField(label=_("Country"), choices=country_choices, required=False)
    is_default = forms.BooleanField(label=_("Use as the default"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Address.Kind.BILLING:
            del self.fields["is_default"], self.fields["label"]


class ContactForm(forms.Form):
    """A person on file."""

    name = NameField(label=_("Full name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    title = NameField(label=_("Title"), max_length=80, required=False)
