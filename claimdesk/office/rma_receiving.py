"""Receiving by scanning: one field that a scanner types into, and what came of each serial number (M3)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.rmas.receipts import receive_unit
from claimdesk.aftersales.models import Rma, RmaMismatch
from claimdesk.aftersales.permissions import EDIT_RMAS
from claimdesk.kernel.refused import Refused
from claimdesk.office.forms.rmas import SerialForm
from claimdesk.office.rmas import goods_of, rma_or_404
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid, is_part
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

PAGE = "office/rmas/receiving.html"


@office_page(EDIT_RMAS)
def rma_receiving(request: PageRequest, pk: int) -> HttpResponse:
    """Show the field; a POST receives the serial number that was scanned."""
    rma = rma_or_404(request, pk)
    form = SerialForm(request.POST or None)
    context: dict[str, Any] = {"title": _("Receive %(number)s") % {"number": rma.number}, "form": form}
    if request.method != "POST":
        return render(request, PAGE, context | goods_of(rma, request.actor))
    if not form.is_valid():
        return invalid(request, PAGE, context | goods_of(rma, request.actor))
    result = _received(request, rma, form.cleaned_data)
    if is_part(request):
        rma.refresh_from_db()
        return render(request, "office/rmas/_scanned.html", {"result": result} | goods_of(rma, request.actor))
    if result["tone"] != "danger":
        return done(request, address_of("office:rma_receiving", pk), f"{result['serial']}: {result['words']}")
    context |= {"result": result, "form": SerialForm()}
    return invalid(request, PAGE, context | goods_of(rma, request.actor))


def _received(request: PageRequest, rma: Rma, values: dict[str, Any]) -> dict[str, str]:
    """Receive a serial number; return what came of it, in words, a no included."""
    serial, is_damaged = values["serial"], values["is_damaged"]
    try:
        found = receive_unit(rma, serial=serial, is_damaged=is_damaged, by=request.actor)
    except Refused as refusal:
        return {"serial": serial, "tone": "warning", "words": refusal.message}
    if isinstance(found, RmaMismatch):
        words = _("is not on this RMA. Set it aside; look below for what to do with it.")
        return {"serial": serial, "tone": "danger", "words": words}
    words = _("received, damaged") if is_damaged else _("received, good")
    return {"serial": found.unit.serial if found.unit else serial, "tone": "success", "words": words}


urls = [path("rmas/<int:pk>/receiving/", rma_receiving, name="rma_receiving")]
