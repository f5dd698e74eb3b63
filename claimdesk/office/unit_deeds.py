"""Working on a unit: make, change, assign, replace, register, correct, withdraw (U3, U4, U6, U7)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.kernel.clock import today
from claimdesk.office.forms.units import DealerForm, ReasonForm, ReplacementForm, UnitForm
from claimdesk.office.units import unit_or_404, unit_url
from claimdesk.warranty.actions.registrations import (
    correct_registration,
    register_unit,
    withdraw_registration,
)
from claimdesk.warranty.actions.units import assign_unit, change_unit, create_unit, replace_unit
from claimdesk.warranty.models import Registration, Unit
from claimdesk.warranty.permissions import EDIT_UNITS
from claimdesk.warranty.queries.registrations import registrations
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.registration_forms import RegistrationForm
from claimdesk.web.requests import PageRequest

DEED = "office/units/deed.html"


def _asked(
    request: PageRequest, unit: Unit | None, form: forms.Form, title: str, button: str
) -> HttpResponse:
    """Show the form of a deed, or once more with what is wrong."""
    cancel = unit_url(unit) if unit else reverse("office:units")
    context: dict[str, Any] = {"title": title, "unit": unit, "form": form, "button": button, "cancel": cancel}
    return invalid(request, DEED, context) if form.is_bound else render(request, DEED, context)


def _sent(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


@office_page(EDIT_UNITS)
def unit_new(request: PageRequest) -> HttpResponse:
    form = UnitForm(_sent(request), actor=request.actor)
    if not form.is_valid():
        return _asked(request, None, form, _("New unit"), _("Save"))
    unit = create_unit(by=request.actor, **form.cleaned_data)
    return done(request, unit_url(unit), _("Unit %(serial)s was made.") % {"serial": unit.serial})


@office_page(EDIT_UNITS)
def unit_edit(request: PageRequest, pk: int) -> HttpResponse:
    unit = unit_or_404(request, pk)
    form = UnitForm(_sent(request), actor=request.actor, unit=unit)
    if not form.is_valid():
        return _asked(request, unit, form, _("Change unit"), _("Save"))
    change_unit(unit, by=request.actor, **form.cleaned_data)
    return done(request, unit_url(unit), _("Saved."))


@office_page(EDIT_UNITS)
def unit_assignment(request: PageRequest, pk: int) -> HttpResponse:
    """Ask for the dealer; none takes the unit back."""
    unit = unit_or_404(request, pk)
    initial = {"dealer": unit.dealer.number if unit.dealer else ""}
    form = DealerForm(_sent(request), actor=request.actor, initial=initial)
    if not form.is_valid():
        return _asked(request, unit, form, _("Assign to a dealer"), _("Assign"))
    assign_unit(unit, dealer=form.cleaned_data["dealer"], by=request.actor)
    return done(request, unit_url(unit), _("Saved."))


@office_page(EDIT_UNITS)
def unit_replacement(request: PageRequest, pk: int) -> HttpResponse:
    unit = unit_or_404(request, pk)
    form = ReplacementForm(_sent(request), actor=request.actor, on=today(company().time_zone))
    if not form.is_valid():
        return _asked(request, unit, form, _("Replace by another unit"), _("Replace"))
    new = replace_unit(unit, by=request.actor, **form.cleaned_data)
    return done(
        request,
        unit_url(new),
        _("%(new)s took the place of %(old)s.") % {"new": new.serial, "old": unit.serial},
    )


@office_page(EDIT_UNITS)
def unit_registration(request: PageRequest, pk: int) -> HttpResponse:
    unit = unit_or_404(request, pk)
    form = RegistrationForm(_sent(request))
    if not form.is_valid():
        return _asked(request, unit, form, _("Register %(serial)s") % {"serial": unit.serial}, _("Register"))
    register_unit(unit, by=request.actor, **form.values)
    return done(request, unit_url(unit), _("Registered."))


def _registration_or_404(request: PageRequest, pk: int) -> Registration:
    return get_object_or_404(registrations(request.actor), pk=pk)


@office_page(EDIT_UNITS)
def registration_correction(request: PageRequest, pk: int) -> HttpResponse:
    row = _registration_or_404(request, pk)
    form = RegistrationForm(_sent(request), corrects=row)
    if not form.is_valid():
        return _asked(request, row.unit, form, _("Correct the registration"), _("Save"))
    reason = form.cleaned_data["reason"]
    correct_registration(row, reason=reason, by=request.actor, **form.values)
    return done(request, unit_url(row.unit), _("Saved."))


@office_page(EDIT_UNITS)
def registration_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    row = _registration_or_404(request, pk)
    form = ReasonForm(_sent(request))
    if not form.is_valid():
        return _asked(request, row.unit, form, _("Withdraw the registration"), _("Withdraw"))
    withdraw_registration(row, reason=form.cleaned_data["reason"], by=request.actor)
    return done(request, unit_url(row.unit), _("The registration is withdrawn."))


urls = [
    path("units/new/", unit_new, name="unit_new"),
    path("units/<int:pk>/edit/", unit_edit, name="unit_edit"),
    path("units/<int:pk>/assignment/", unit_assignment, name="unit_assignment"),
    path("units/<int:pk>/replacement/", unit_replacement, name="unit_replacement"),
    path("units/<int:pk>/registration/", unit_registration, name="unit_registration"),
    path("registrations/<int:pk>/correction/", registration_correction, name="registration_correction"),
    path("registrations/<int:pk>/withdrawal/", registration_withdrawal, name="registration_withdrawal"),
]
