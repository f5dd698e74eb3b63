"""Onboarding: what a new user says of his organization, kept while he types, submitted once (A2)."""

from typing import Any

from django import forms
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django_countries import countries

from claimdesk.access.actions.onboarding import FIELDS, save_onboarding, submit_onboarding
from claimdesk.access.models import Onboarding
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.onboarding import onboarding_to_do
from claimdesk.web.answers import SeeOther, done, invalid, is_part
from claimdesk.web.gates import public_page, signed_in_page
from claimdesk.web.person_fields import LineField, NameField
from claimdesk.web.requests import PageRequest
from claimdesk.web.sent_forms import SentForm

_PAGE = "portal/onboarding/form.html"


def _line(label: Any, limit: int, autocomplete: str, **options: Any) -> LineField:
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return LineField(label=label, max_length=limit, widget=widget, **options)


class OnboardingForm(SentForm):
    """The organization, or the person who buys for himself."""

    kind = forms.ChoiceField(
        label=gettext_lazy("You buy as"), choices=Onboarding.Kind.choices, widget=forms.RadioSelect
    )
    organization = NameField(
        label=gettext_lazy("Organization name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Tell us the name of your organization.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    tax_number = _line(gettext_lazy("Tax number"), 40, "off", required=False)
    street = _line(gettext_lazy("Street"), 200, "street-address")
    postcode = _line(gettext_lazy("Postcode"), 20, "postal-code")
    town = _line(gettext_lazy("Town"), 120, "address-level2")
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=lambda: [("", "–"), *countries],
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    phone = _line(gettext_lazy("Phone"), 60, "tel", required=False)
    website = _line(gettext_lazy("Website"), 200, "url", required=False)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["organization"].required = self["kind"].value() != Onboarding.Kind.INDIVIDUAL


def _form(onboarding: Onboarding, data: Any = None) -> OnboardingForm:
    return OnboardingForm(data, initial={name: getattr(onboarding, name) for name in FIELDS})


@signed_in_page
def onboarding(request: PageRequest) -> HttpResponse:
    """Ask for the organization; a submission decides where the user belongs."""
    waiting = onboarding_to_do(request.actor)
    if waiting is None:
        return redirect("portal:home")
    form = _form(waiting, request.POST if request.method == "POST" else None)
    context = {"title": _("Your organization"), "form": form}
    if request.method != "POST":
        return render(request, _PAGE, context)
    if not form.is_valid():
        return invalid(request, _PAGE, context)
    outcome = submit_onboarding(waiting, fields=form.cleaned_data, by=request.actor).outcome
    return _after_submission(request, outcome)


def _after_submission(request: PageRequest, outcome: str) -> HttpResponse:
    """Lead inside, to the page that says where a claim stands (A47, A56); who created an account is, as the
    seller has it, signed out and told so (A13)."""
    if outcome != Onboarding.Outcome.NEW_CUSTOMER or request.seller.signed_in_after_creation:
        return SeeOther(reverse("portal:home"))
    has_access = memberships_that_count(request.user).exists()
    logout(request)
    return SeeOther(reverse("portal:created" if has_access else "portal:created_waits"))


@signed_in_page
@require_POST
def draft(request: PageRequest) -> HttpResponse:
    """Keep what was typed so far, as far as it is right."""
    waiting = onboarding_to_do(request.actor)
    if waiting is None:
        return done(request, reverse("portal:home"))
    form = _form(waiting, request.POST)
    if not form.has_arrived:
        return invalid(request, _PAGE, {"title": _("Your organization"), "form": form})
    form.is_valid()
    fields = {name: form.cleaned_data.get(name, "") for name in FIELDS if not _is_wrong(form, name)}
    save_onboarding(waiting, fields=fields, by=request.actor)
    if is_part(request):
        return render(request, "portal/onboarding/_saved.html")
    return done(request, reverse("portal:onboarding"), _("Saved. You can go on later."))


def _is_wrong(form: OnboardingForm, name: str) -> bool:
    """Tell whether what was typed cannot be kept; to be empty is no fault of a draft, but a kind there must be."""
    return form.has_error(name) and (name == "kind" or bool(form.data.get(name)))


@public_page
def created(request: PageRequest) -> HttpResponse:
    """Say that the account was created."""
    return render(request, "portal/onboarding/created.html", {"title": _("Your account was created")})


@public_page
def created_waits(request: PageRequest) -> HttpResponse:
    """Say that the account was created and waits."""
    context = {"title": _("Your account was created"), "waits": True}
    return render(request, "portal/onboarding/created.html", context)


urls = [
    path("onboarding/", onboarding, name="onboarding"),
    path("onboarding/draft/", draft, name="onboarding_draft"),
    path("register/created/", created, name="created"),
    path("register/waiting/", created_waits, name="created_waits"),
]
