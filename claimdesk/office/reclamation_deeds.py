"""Working on a reclamation: each deed one POST to one address; a closed one refuses them all (R5, R7)."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.aftersales.actions.reclamation_deeds import note_internally, send_parts
from claimdesk.aftersales.actions.reclamations import close_reclamation, mark_refunded, unmark_refunded
from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS, MARK_REFUNDED
from claimdesk.aftersales.queries.reclamations import lines_of
from claimdesk.office.forms.reclamations import ClosingForm, PartsForm
from claimdesk.office.reclamations import reclamation_or_404, reclamation_url
from claimdesk.orders.models import OrderLine
from claimdesk.web.answers import done, invalid
from claimdesk.web.claim_forms import QuantitiesForm
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.requests import PageRequest

DEED = "office/reclamations/deed.html"


def open_or_refused(request: PageRequest, pk: int) -> Reclamation:
    """Return an open reclamation; a closed one refuses even to be asked (R5)."""
    reclamation = reclamation_or_404(request, pk)
    if not reclamation.is_open:
        raise reclamation.refuse_move()
    return reclamation


def unfinished_lines(reclamation: Reclamation) -> tuple[list[OrderLine], dict[int, Decimal]]:
    """Return the order's lines of which something is unfinished, and how much, by key."""
    rows = [row for row in lines_of(reclamation) if row.unfinished]
    return [row.line for row in rows], {row.line_id: row.unfinished for row in rows}


def deed_context(reclamation: Reclamation, form: QuantitiesForm, title: str, button: str) -> dict[str, Any]:
    """Return what the dialog of a deed on quantities shows."""
    return {
        "title": title,
        "reclamation": reclamation,
        "form": form,
        "button": button,
        "cancel": reclamation_url(reclamation),
    }


@office_page(MARK_REFUNDED)
@while_on("reclamations_on")
@require_POST
def reclamation_mark(request: PageRequest, pk: int) -> HttpResponse:
    """Note that money was given back; nothing moves (O19)."""
    reclamation = mark_refunded(reclamation_or_404(request, pk), by=request.actor)
    return done(request, reclamation_url(reclamation), _("Marked as refunded."))


@office_page(MARK_REFUNDED)
@while_on("reclamations_on")
@require_POST
def reclamation_mark_removal(request: PageRequest, pk: int) -> HttpResponse:
    reclamation = unmark_refunded(reclamation_or_404(request, pk), by=request.actor)
    return done(request, reclamation_url(reclamation), _("The mark is taken back."))


@office_page(EDIT_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_closure(request: PageRequest, pk: int) -> HttpResponse:
    """Ask what became of the items, and why any are left; a POST closes it for good."""
    reclamation = open_or_refused(request, pk)
    is_marked = reclamation.refunded_at is not None
    data = request.POST if request.method == "POST" else None
    form = ClosingForm(data, lines=lines_of(reclamation), is_marked=is_marked)
    context: dict[str, Any] = {
        "title": _("Close reclamation %(number)s") % {"number": reclamation.number},
        "reclamation": reclamation,
        "form": form,
        "button": _("Close for good"),
        "cancel": reclamation_url(reclamation),
    }
    if request.method != "POST":
        return render(request, "office/reclamations/close.html", context)
    if not form.is_valid():
        return invalid(request, "office/reclamations/close.html", context)
    reason = form.cleaned_data["reason"]
    close_reclamation(reclamation, outcomes=form.outcomes, reason=reason, by=request.actor)
    return done(request, reclamation_url(reclamation), _("Closed."))


@office_page(EDIT_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_parts(request: PageRequest, pk: int) -> HttpResponse:
    """Note which parts were sent, and for what."""
    reclamation = open_or_refused(request, pk)
    lines = unfinished_lines(reclamation)
    form = PartsForm(request.POST or None, lines=lines[0], most=lines[1])
    context = deed_context(reclamation, form, _("Send parts"), _("Parts are sent"))
    if request.method != "POST":
        return render(request, DEED, context)
    if not form.is_valid():
        return invalid(request, DEED, context)
    values = form.cleaned_data
    send_parts(reclamation, lines=values["quantities"], parts=values["parts"], by=request.actor)
    return done(request, reclamation_url(reclamation), _("Noted: parts are sent."))


@office_page(EDIT_RECLAMATIONS)
@while_on("reclamations_on")
@require_POST
def reclamation_note(request: PageRequest, pk: int) -> HttpResponse:
    """Write a note that staff alone read."""
    reclamation = note_internally(
        reclamation_or_404(request, pk), body=request.POST.get("body", ""), by=request.actor
    )
    return done(request, reclamation_url(reclamation), _("Noted."))


urls = [
    path("reclamations/<int:pk>/note/", reclamation_note, name="reclamation_note"),
    path("reclamations/<int:pk>/parts/", reclamation_parts, name="reclamation_parts"),
    path("reclamations/<int:pk>/mark/", reclamation_mark, name="reclamation_mark"),
    path("reclamations/<int:pk>/mark/removal/", reclamation_mark_removal, name="reclamation_mark_removal"),
    path("reclamations/<int:pk>/closure/", reclamation_closure, name="reclamation_closure"),
]
