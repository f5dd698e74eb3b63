"""An RMA made from a warranty claim, by serial numbers, or from a reclamation, by quantities (M1, M2)."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.rmas.issuing import (
    USUAL_DAYS,
    draft_rma_of_claim,
    draft_rma_of_reclamation,
    issue_rma,
)
from claimdesk.aftersales.models import Rma
from claimdesk.aftersales.permissions import EDIT_RMAS
from claimdesk.aftersales.queries.reclamations import lines_of
from claimdesk.aftersales.queries.rmas import returnable, usual_ship_to
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.kernel.clock import today
from claimdesk.office.forms.rmas import QuantitiesRmaForm, UnitsRmaForm
from claimdesk.office.reclamation_deeds import open_or_refused
from claimdesk.office.reclamations import reclamation_url
from claimdesk.office.rmas import rma_url
from claimdesk.warranty.models import Unit
from claimdesk.warranty.queries.units import units
from claimdesk.warranty.serials import fold_serial
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

OF_CLAIM = "office/rmas/new.html"
OF_RECLAMATION = "office/rmas/new_of_reclamation.html"


@office_page(EDIT_RMAS)
def warranty_claim_rma(request: PageRequest, pk: int) -> HttpResponse:
    """Ask which units come back; a POST prepares the RMA, or issues it at once."""
    claim = get_object_or_404(warranty_claims(request.actor).select_related("unit", "customer"), pk=pk)
    serial = claim.unit.serial if claim.unit else ""
    form = UnitsRmaForm(request.POST or None, **_options(request, serials=serial))
    title = _("RMA for claim %(number)s") % {"number": claim.number}
    context = {"title": title, "form": form, "customer": claim.customer, "button": _("Make the RMA")}
    if request.method != "POST":
        return render(request, OF_CLAIM, context)
    chosen = _units(request, form) if form.is_valid() else []
    if not form.is_valid():
        return invalid(request, OF_CLAIM, context)
    return _made(request, draft_rma_of_claim(claim, units=chosen, by=request.actor, **form.wanted), form)


@office_page(EDIT_RMAS)
def reclamation_rma(request: PageRequest, pk: int) -> HttpResponse:
    """Ask how much comes back; a POST prepares the RMA, or issues it at once."""
    reclamation = open_or_refused(request, pk)
    free = {key: max(quantity, 0) for key, quantity in returnable(reclamation).items()}
    lines = [row.line for row in lines_of(reclamation)]
    form = QuantitiesRmaForm(request.POST or None, lines=lines, most=free, **_options(request))
    context = {
        "title": _("RMA for reclamation %(number)s") % {"number": reclamation.number},
        "reclamation": reclamation,
        "form": form,
        "button": _("Make the RMA"),
        "cancel": reclamation_url(reclamation),
    }
    if request.method != "POST":
        return render(request, OF_RECLAMATION, context)
    if not form.is_valid():
        return invalid(request, OF_RECLAMATION, context)
    quantities = form.cleaned_data["quantities"]
    rma = draft_rma_of_reclamation(reclamation, quantities=quantities, by=request.actor, **form.wanted)
    return _made(request, rma, form)


def _options(request: PageRequest, **initial: Any) -> dict[str, Any]:
    day = today(request.seller.time_zone)
    usual = {"ship_to": usual_ship_to(request.actor) or request.seller.name}
    return {"today": day, "initial": usual | {"expires_on": day + timedelta(days=USUAL_DAYS)} | initial}


def _units(request: PageRequest, form: UnitsRmaForm) -> list[Unit]:
    """Return the units that were named; what is unknown is said beside the field."""
    named = {fold_serial(serial): serial for serial in form.cleaned_data["serials"]}
    found = {each.serial_folded: each for each in units(request.actor).filter(serial_folded__in=named)}
    for folded, serial in named.items():
        if folded not in found:
            form.add_error("serials", _("There is no unit %(serial)s.") % {"serial": serial})
    return [found[folded] for folded in named if folded in found]


def _made(request: PageRequest, rma: Rma, form: UnitsRmaForm | QuantitiesRmaForm) -> HttpResponse:
    if not form.cleaned_data["is_issued"]:
        return done(request, rma_url(rma), _("%(number)s is prepared.") % {"number": rma.number})
    issue_rma(rma, by=request.actor)
    return done(request, rma_url(rma), _("%(number)s is issued.") % {"number": rma.number})


urls = [
    path("warranty-claims/<int:pk>/rmas/new/", warranty_claim_rma, name="warranty_claim_rma"),
    path("reclamations/<int:pk>/rmas/new/", reclamation_rma, name="reclamation_rma"),
]
