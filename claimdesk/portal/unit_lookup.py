"""Look up any serial number: cover and neutral history for everybody, more of one's own (U1, U2)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from claimdesk.aftersales.queries.unit_history import claims_on_unit
from claimdesk.company.queries.company import company
from claimdesk.kernel.client_address import client_address
from claimdesk.kernel.clock import today
from claimdesk.people.actions.attempts import UNIT_LOOKUP, give_attempt_back, take_attempt
from claimdesk.warranty.permissions import VIEW_OWN_UNITS
from claimdesk.warranty.queries.coverage import SerialAnswer, check_serial
from claimdesk.warranty.serials import LONGEST, fold_serial
from claimdesk.warranty.wording import verdict_words
from claimdesk.web.answers import invalid
from claimdesk.web.coverage import sentences
from claimdesk.web.gates import portal_page
from claimdesk.web.person_fields import LineField
from claimdesk.web.requests import PageRequest

PAGE = "portal/units/lookup.html"


class LookupForm(forms.Form):
    """A serial number as it stands on the unit."""

    serial = LineField(
        label=gettext_lazy("Serial number"),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_serial(self) -> str:
        if not fold_serial(self.cleaned_data["serial"]):
            raise forms.ValidationError(_("A serial number has letters or digits."))
        return str(self.cleaned_data["serial"])


@never_cache
@portal_page(VIEW_OWN_UNITS)
def unit_lookup(request: PageRequest) -> HttpResponse:
    """Ask for a serial number; a POST tells what is to be told of it, within limits."""
    form = LookupForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"title": _("Look up a serial number"), "form": form}
    if request.method != "POST":
        return render(request, PAGE, context)
    answer = _answer(request, form) if form.is_valid() else None
    if answer is None:
        return invalid(request, PAGE, context)
    return render(request, PAGE, context | shown_of(request, form.cleaned_data["serial"], answer))


def _answer(request: PageRequest, form: LookupForm) -> SerialAnswer | None:
    """Count the look-up, then look; units of one's own do not count."""
    actor, address = request.actor, client_address(request)
    account = str(actor.customer_id)
    if not take_attempt(UNIT_LOOKUP, account=account, address=address, by=actor):
        form.add_error("serial", _("Too many look-ups. Try again in an hour, or write to us."))
        return None
    answer = check_serial(form.cleaned_data["serial"], failed_on=today(company().time_zone), actor=actor)
    if answer.unit is not None:
        give_attempt_back(UNIT_LOOKUP, account=account, address=address, by=actor)
    return answer


def shown_of(request: PageRequest, serial: str, answer: SerialAnswer) -> dict[str, Any]:
    """Return what is told of a serial number: of others' units and of unknown ones in the same shape."""
    facts = [
        (_("Serial number"), serial),
        (_("Product"), answer.product_name),
        (_("Covered until"), answer.cover_ends_on),
    ]
    if answer.unit is not None:
        facts += [(_("End customer"), answer.unit.owner_name), (_("Delivered on"), answer.unit.delivered_on)]
    return {
        "answer": answer,
        "verdict": verdict_words(answer.answer.verdict),
        "sentences": sentences(answer.answer.reasons),
        "facts": facts,
        "claims": claims_on_unit(answer.unit_id, request.actor),
        "claim_page": "portal:warranty_claim",
    }


urls = [path("units/lookup/", unit_lookup, name="unit_lookup")]
