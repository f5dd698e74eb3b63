"""Working on a reclamation: each deed one POST to one address; a closed one refuses them all (R5, R7)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.aftersales.actions.reclamations import close_reclamation, mark_refunded, unmark_refunded
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS, MARK_REFUNDED
from claimdesk.aftersales.queries.reclamations import lines_of
from claimdesk.office.forms.reclamations import ClosingForm
from claimdesk.office.reclamations import reclamation_or_404, reclamation_url
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.requests import PageRequest


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
    reclamation = reclamation_or_404(request, pk)
    if not reclamation.is_open:
        raise reclamation.refuse_move()
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


urls = [
    path("reclamations/<int:pk>/mark/", reclamation_mark, name="reclamation_mark"),
    path("reclamations/<int:pk>/mark/removal/", reclamation_mark_removal, name="reclamation_mark_removal"),
    path("reclamations/<int:pk>/closure/", reclamation_closure, name="reclamation_closure"),
]
