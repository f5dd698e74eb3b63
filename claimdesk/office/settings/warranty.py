"""Settings › Warranty › Claims: what the seller decides about warranty claims, and their types (W4, W9-W11, W16)."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.aftersales.actions.claim_types import (
    LONGEST_NAME,
    add_claim_type,
    change_claim_type,
    remove_claim_type,
)
from claimdesk.company.actions.settings import change_company
from claimdesk.company.models import Company
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.queries.company import company
from claimdesk.company.wording import FIELDS as LABELS
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.money import parse_amount, to_decimal
from claimdesk.office.settings.company_forms import SectionForm
from claimdesk.office.settings.tabs import warranty_tabs
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

PAGE = "office/settings/warranty/claims.html"
TYPE = "office/settings/warranty/claim_type.html"
REQUIRED = (
    ("invoice", gettext_lazy("the number of an invoice")),
    ("photo", gettext_lazy("a photo")),
    ("causal_part", gettext_lazy("the causal part of each repair")),
    ("explanation", gettext_lazy("why a repair took longer than the table gives")),
    ("in_time", gettext_lazy("that it is filed in time")),
)


class WarrantyForm(SectionForm):
    """What the seller decides about warranty claims."""

    warranty_claims_on = forms.BooleanField(
        label=LABELS["warranty_claims_on"],
        help_text=gettext_lazy(
            "Off takes their pages and buttons away; what there is stays and comes back with them."
        ),
        required=False,
    )
    warranty_limit = forms.CharField(
        label=LABELS["warranty_limit"],
        help_text=gettext_lazy("As 500.00. Empty: nobody else is asked; 0: for every sum."),
        max_length=20,
        required=False,
    )
    warranty_filing_days = forms.IntegerField(
        label=LABELS["warranty_filing_days"],
        help_text=gettext_lazy(
            "0 for at any time. Only types of claims that ask for it refuse what is late."
        ),
        min_value=0,
        max_value=3650,
    )
    appeal_days = forms.IntegerField(label=LABELS["appeal_days"], min_value=0, max_value=365)
    service_email = forms.EmailField(
        label=LABELS["service_email"],
        help_text=gettext_lazy("Hears of comments on claims that nobody has taken yet."),
        required=False,
    )
    end_unanswered_claims = forms.BooleanField(
        label=LABELS["end_unanswered_claims"],
        help_text=gettext_lazy("The customer is reminded after 7 and 14 days."),
        required=False,
    )
    end_old_drafts = forms.BooleanField(
        label=LABELS["end_old_drafts"],
        help_text=gettext_lazy("Who wrote it is warned 7 days before; any change keeps it."),
        required=False,
    )

    def __init__(self, data: Any = None, *, seller: Company) -> None:
        super().__init__(data, seller=seller)
        limit = seller.warranty_limit
        self.initial["warranty_limit"] = "" if limit is None else f"{to_decimal(limit, seller.currency):f}"
        label = f"{LABELS['warranty_limit']} ({seller.currency})"
        self.fields["warranty_limit"].label = label

    def clean_warranty_limit(self) -> int | None:
        text = self.cleaned_data["warranty_limit"]
        if not text:
            return None
        try:
            amount = parse_amount(text, self.seller.currency)
        except ValueError:
            amount = -1
        if amount < 0:
            words = {"currency": self.seller.currency, "example": to_decimal(50000, self.seller.currency)}
            raise ValidationError(_("Type an amount in %(currency)s, such as %(example)s.") % words)
        return amount


class ClaimTypeForm(forms.Form):
    """The names of a type of claim, one a language, and what it asks for."""

    required_for = forms.MultipleChoiceField(
        label=gettext_lazy("Before such a claim is submitted it needs"),
        help_text=gettext_lazy("Serial number, complaint and day of failure are always asked for."),
        choices=REQUIRED,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, language in settings.LANGUAGES:
            label = _("Name in %(language)s") % {"language": language}
            self.fields[code] = forms.CharField(label=label, max_length=LONGEST_NAME, required=False)
        self.order_fields([code for code, _language in settings.LANGUAGES])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(values.get(code) for code, _language in settings.LANGUAGES):
            self.add_error(settings.LANGUAGE_CODE, _("Give the type a name."))
        return values

    @property
    def names(self) -> dict[str, str]:
        """The names by code of language."""
        return {code: self.cleaned_data[code] for code, _language in settings.LANGUAGES}


def _home() -> str:
    return reverse("office:settings_warranty_claims")


def _context(form: WarrantyForm, actor: Actor) -> dict[str, Any]:
    labels = dict(REQUIRED)
    types = [
        {"key": each["key"], "name": _name_of(each), "asks": [labels[code] for code in each["required"]]}
        for each in company().warranty_claim_types
    ]
    return {
        "title": _("Warranty"),
        "form": form,
        "types": types,
        "tabs": warranty_tabs("claims", actor),
        "tabs_label": _("Settings of the warranty"),
    }


def _name_of(claim_type: dict[str, Any]) -> str:
    names = claim_type["names"]
    return names.get(get_language() or "") or next(iter(names.values()), claim_type["key"])


@office_page(EDIT_SETTINGS)
def settings_warranty_claims(request: PageRequest) -> HttpResponse:
    """Show the settings and the types of claims; a POST saves the settings."""
    form = WarrantyForm(request.POST if request.method == "POST" else None, seller=company())
    if request.method != "POST":
        return render(request, PAGE, _context(form, request.actor))
    if not form.is_valid() or not _saved(request, form):
        return invalid(request, PAGE, _context(form, request.actor))
    return done(request, _home(), _("Saved."))


def _saved(request: PageRequest, form: SectionForm) -> bool:
    try:
        change_company(**form.cleaned_data, by=request.actor)
    except ValidationError as problem:
        for name, messages in problem.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
        return False
    return True


@office_page(EDIT_SETTINGS)
def claim_type_new(request: PageRequest) -> HttpResponse:
    form = ClaimTypeForm(request.POST or None)
    context: dict[str, Any] = {"title": _("New type of claim"), "form": form, "cancel": _home()}
    if request.method != "POST":
        return render(request, TYPE, context)
    if not form.is_valid():
        return invalid(request, TYPE, context)
    add_claim_type(names=form.names, required=form.cleaned_data["required_for"], by=request.actor)
    return done(request, _home(), _("Saved."))


@office_page(EDIT_SETTINGS)
def claim_type(request: PageRequest, key: str) -> HttpResponse:
    found = _type_or_404(key)
    form = ClaimTypeForm(request.POST or None, initial={**found["names"], "required_for": found["required"]})
    context: dict[str, Any] = {"title": _name_of(found), "form": form, "cancel": _home(), "key": key}
    if request.method != "POST":
        return render(request, TYPE, context)
    if not form.is_valid():
        return invalid(request, TYPE, context)
    change_claim_type(key, names=form.names, required=form.cleaned_data["required_for"], by=request.actor)
    return done(request, _home(), _("Saved."))


@office_page(EDIT_SETTINGS)
@require_POST
def claim_type_removal(request: PageRequest, key: str) -> HttpResponse:
    _type_or_404(key)
    remove_claim_type(key, by=request.actor)
    return done(request, _home(), _("The type is not offered any more."))


def _type_or_404(key: str) -> dict[str, Any]:
    for each in company().warranty_claim_types:
        if each["key"] == key:
            return dict(each)
    raise Http404


urls = [
    path("settings/warranty/claims/", settings_warranty_claims, name="settings_warranty_claims"),
    path("settings/warranty/claim-types/new/", claim_type_new, name="claim_type_new"),
    path("settings/warranty/claim-types/<slug:key>/", claim_type, name="claim_type"),
    path("settings/warranty/claim-types/<slug:key>/removal/", claim_type_removal, name="claim_type_removal"),
]
