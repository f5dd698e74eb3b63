"""Settings › Reclamations: on or off, whether customers may open them, and the causes to choose from (R1, R9, R10)."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.aftersales.actions.causes import LONGEST_NAME, add_cause, change_cause, move_cause
from claimdesk.aftersales.queries.causes import causes
from claimdesk.company.actions.settings import change_company
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.queries.company import company
from claimdesk.office.settings.company_forms import SectionForm
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

PAGE = "office/settings/reclamations/page.html"
CAUSE = "office/settings/reclamations/cause.html"


class ReclamationsForm(SectionForm):
    """What the seller decides about reclamations (R9, R10)."""

    reclamations_on = forms.BooleanField(
        label=gettext_lazy("Reclamations"),
        help_text=gettext_lazy(
            "Off takes all their pages and buttons away, for staff and for customers; what there is stays and "
            "comes back when they are switched on again."
        ),
        required=False,
    )
    customers_may_claim = forms.BooleanField(
        label=gettext_lazy("Customers may claim on their orders"),
        help_text=gettext_lazy("On: an order's page has the button Claim for the account's service people."),
        required=False,
    )
    claim_window_days = forms.IntegerField(
        label=gettext_lazy("Customers may claim for this many days"),
        help_text=gettext_lazy(
            "Counted from the last delivery of the order, or from the order where none is known. "
            "Staff may open reclamations at any time."
        ),
        min_value=1,
        max_value=3650,
    )


class CauseForm(forms.Form):
    """The names of a cause, one a language, and whether it is offered."""

    is_active = forms.BooleanField(
        label=gettext_lazy("Offer it for new reclamations"), required=False, initial=True
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        for code, language in settings.LANGUAGES:
            label = _("Name in %(language)s") % {"language": language}
            self.fields[code] = forms.CharField(label=label, max_length=LONGEST_NAME, required=False)
        self.order_fields([code for code, _language in settings.LANGUAGES])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(values.get(code) for code, _language in settings.LANGUAGES):
            self.add_error(settings.LANGUAGE_CODE, _("Give the cause a name."))
        return values

    @property
    def names(self) -> dict[str, str]:
        """The names by code of language."""
        return {code: self.cleaned_data[code] for code, _language in settings.LANGUAGES}


def _home() -> str:
    return reverse("office:settings_reclamations")


@office_page(EDIT_SETTINGS)
def settings_reclamations(request: PageRequest) -> HttpResponse:
    """Show the settings and the causes; a POST saves the settings."""
    form = ReclamationsForm(request.POST if request.method == "POST" else None, seller=company())
    context = {"title": _("Reclamations"), "form": form, "causes": causes()}
    if request.method != "POST":
        return render(request, PAGE, context)
    if not form.is_valid() or not _saved(request, form):
        return invalid(request, PAGE, context)
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
def cause_new(request: PageRequest) -> HttpResponse:
    form = CauseForm(request.POST or None)
    del form.fields["is_active"]
    context: dict[str, Any] = {"title": _("New cause"), "form": form, "cancel": _home()}
    if request.method != "POST":
        return render(request, CAUSE, context)
    if not form.is_valid():
        return invalid(request, CAUSE, context)
    add_cause(names=form.names, by=request.actor)
    return done(request, _home(), _("Saved."))


@office_page(EDIT_SETTINGS)
def cause_edit(request: PageRequest, pk: int) -> HttpResponse:
    cause = get_object_or_404(causes(), pk=pk)
    form = CauseForm(request.POST or None, initial={**cause.names, "is_active": cause.is_active})
    context: dict[str, Any] = {"title": cause.name, "form": form, "cancel": _home()}
    if request.method != "POST":
        return render(request, CAUSE, context)
    if not form.is_valid():
        return invalid(request, CAUSE, context)
    change_cause(cause, names=form.names, is_active=form.cleaned_data["is_active"], by=request.actor)
    return done(request, _home(), _("Saved."))


@office_page(EDIT_SETTINGS)
@require_POST
def cause_place(request: PageRequest, pk: int) -> HttpResponse:
    """Move a cause one place up, or down."""
    cause = get_object_or_404(causes(), pk=pk)
    direction = request.POST.get("direction", "")
    if direction in ("up", "down"):
        move_cause(cause, up=direction == "up", by=request.actor)
    return done(request, _home())


urls = [
    path("settings/reclamations/", settings_reclamations, name="settings_reclamations"),
    path("settings/reclamations/causes/new/", cause_new, name="cause_new"),
    path("settings/reclamations/causes/<int:pk>/", cause_edit, name="cause_edit"),
    path("settings/reclamations/causes/<int:pk>/place/", cause_place, name="cause_place"),
]
