"""What a dealer does with his units: register, correct, hand on and take over (U4, U6)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customer_to_hand_on_to
from claimdesk.kernel.client_address import client_address
from claimdesk.people.actions.attempts import UNIT_TRANSFER, give_attempt_back, take_attempt
from claimdesk.portal.units import unit_or_404, unit_url
from claimdesk.warranty.actions.registrations import correct_registration, register_unit
from claimdesk.warranty.actions.transfers import (
    accept_transfer,
    ask_transfer,
    refuse_transfer,
    withdraw_transfer,
)
from claimdesk.warranty.models import Registration, Unit
from claimdesk.warranty.permissions import REGISTER_OWN_UNITS, VIEW_OWN_UNITS
from claimdesk.warranty.queries.registrations import registration_in_force
from claimdesk.warranty.queries.transfers import transfers_from, transfers_to
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import portal_page
from claimdesk.web.person_fields import LineField
from claimdesk.web.registration_forms import RegistrationForm
from claimdesk.web.requests import PageRequest

DEED = "portal/units/deed.html"
MOST_TRANSFERS = 200


class TransferForm(forms.Form):
    """To whom a unit is to be handed on, by account number: whom the seller sells to, a dealer learns from nobody."""

    number = LineField(
        label=gettext_lazy("Account number of the other dealer"),
        max_length=40,
        help_text=gettext_lazy(
            "Ask the other dealer for it. The unit is handed on when it is accepted there."
        ),
    )
    note = LineField(label=gettext_lazy("Note for the other dealer"), max_length=500, required=False)


def _asked(request: PageRequest, unit: Unit, form: forms.Form, title: str, button: str) -> HttpResponse:
    """Show the form of a deed, or once more with what is wrong."""
    context: dict[str, Any] = {
        "title": title,
        "unit": unit,
        "form": form,
        "button": button,
        "cancel": unit_url(unit),
    }
    return invalid(request, DEED, context) if form.is_bound else render(request, DEED, context)


def _sent(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


@portal_page(REGISTER_OWN_UNITS)
def unit_registration(request: PageRequest, pk: int) -> HttpResponse:
    """Ask who has the unit since when; where that was told already, correct it."""
    unit = unit_or_404(request, pk)
    told = registration_in_force(unit)
    form = RegistrationForm(_sent(request), corrects=told)
    words = _("Correct the registration") if told else _("Register %(serial)s") % {"serial": unit.serial}
    if not form.is_valid():
        return _asked(request, unit, form, words, _("Save") if told else _("Register"))
    if told is None:
        register_unit(unit, by=request.actor, **form.values)
    else:
        _correct(request, told, form)
    return done(request, unit_url(unit), _("Saved.") if told else _("Registered."))


def _correct(request: PageRequest, told: Registration, form: RegistrationForm) -> None:
    correct_registration(told, reason=form.cleaned_data["reason"], by=request.actor, **form.values)


@portal_page(REGISTER_OWN_UNITS)
def unit_transfer(request: PageRequest, pk: int) -> HttpResponse:
    """Ask another dealer to take a unit over."""
    unit = unit_or_404(request, pk)
    form = TransferForm(_sent(request))
    other = _other_dealer(request, form) if form.is_valid() else None
    if other is None:
        return _asked(request, unit, form, _("Hand on to another dealer"), _("Ask"))
    ask_transfer(unit, to=other, note=form.cleaned_data["note"], by=request.actor)
    return done(request, unit_url(unit), _("The other dealer is asked."))


def _other_dealer(request: PageRequest, form: TransferForm) -> Customer | None:
    """Count the number that was typed, then look whose it is; wrong ones are few (U2)."""
    actor, address = request.actor, client_address(request)
    account = str(actor.customer_id)
    if not take_attempt(UNIT_TRANSFER, account=account, address=address, by=actor):
        form.add_error("number", _("Too many attempts. Try again in an hour, or write to us."))
        return None
    other = customer_to_hand_on_to(form.cleaned_data["number"])
    if other is None:
        form.add_error("number", _("Nobody takes units over under this number."))
        return None
    give_attempt_back(UNIT_TRANSFER, account=account, address=address, by=actor)
    return other


@portal_page(VIEW_OWN_UNITS)
@require_GET
def transfers_page(request: PageRequest) -> HttpResponseBase:
    context = {
        "title": _("Handing on"),
        "offered": transfers_to(request.actor)[:MOST_TRANSFERS],
        "asked": transfers_from(request.actor)[:MOST_TRANSFERS],
        "may_decide": request.actor.may(REGISTER_OWN_UNITS),
    }
    return render(request, "portal/units/transfers.html", context)


@portal_page(REGISTER_OWN_UNITS)
@require_POST
def transfer_acceptance(request: PageRequest, pk: int) -> HttpResponse:
    unit = accept_transfer(get_object_or_404(transfers_to(request.actor), pk=pk), by=request.actor)
    return done(request, unit_url(unit), _("The unit is yours now."))


@portal_page(REGISTER_OWN_UNITS)
@require_POST
def transfer_refusal(request: PageRequest, pk: int) -> HttpResponse:
    refuse_transfer(get_object_or_404(transfers_to(request.actor), pk=pk), by=request.actor)
    return done(request, reverse("portal:unit_transfers"), _("Refused; the unit stays where it is."))


@portal_page(REGISTER_OWN_UNITS)
@require_POST
def transfer_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    transfer = get_object_or_404(transfers_from(request.actor), pk=pk)
    withdraw_transfer(transfer, by=request.actor)
    return done(request, unit_url(transfer.unit), _("Taken back; the unit stays yours."))


urls = [
    path("units/<int:pk>/registration/", unit_registration, name="unit_registration"),
    path("units/<int:pk>/transfer/", unit_transfer, name="unit_transfer"),
    path("units/transfers/", transfers_page, name="unit_transfers"),
    path("units/transfers/<int:pk>/acceptance/", transfer_acceptance, name="unit_transfer_acceptance"),
    path("units/transfers/<int:pk>/refusal/", transfer_refusal, name="unit_transfer_refusal"),
    path("units/transfers/<int:pk>/withdrawal/", transfer_withdrawal, name="unit_transfer_withdrawal"),
]
