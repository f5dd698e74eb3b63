"""Working on an RMA: each deed one POST to one address (M2-M4)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.aftersales.actions.rmas.issuing import cancel_rma, close_rma, issue_rma, send_rma
from claimdesk.aftersales.actions.rmas.receipts import (
    end_receipt,
    inspect_line,
    receive_quantity,
    settle_mismatch,
)
from claimdesk.aftersales.models import Rma
from claimdesk.aftersales.permissions import EDIT_RMAS
from claimdesk.aftersales.queries.rmas import rma_mismatches
from claimdesk.office.forms.rmas import CancelForm, InspectionForm, OutcomeForm, ReceiptForm
from claimdesk.office.rmas import line_or_404, rma_or_404, rma_url
from claimdesk.orders.queries.shipments import carriers
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest
from claimdesk.web.rma_forms import SendingForm

DEED = "office/rmas/deed.html"
Deed = Callable[[dict[str, Any]], Any]


@office_page(EDIT_RMAS)
@require_POST
def rma_issue(request: PageRequest, pk: int) -> HttpResponse:
    """Issue a draft; the customer is told."""
    rma = issue_rma(rma_or_404(request, pk), by=request.actor)
    return done(request, rma_url(rma), _("%(number)s is issued.") % {"number": rma.number})


@office_page(EDIT_RMAS)
@require_POST
def rma_receipt_end(request: PageRequest, pk: int) -> HttpResponse:
    """Expect nothing more of what came in part."""
    rma = end_receipt(rma_or_404(request, pk), by=request.actor)
    return done(request, rma_url(rma), _("Nothing more is expected."))


@office_page(EDIT_RMAS)
@require_POST
def rma_closure(request: PageRequest, pk: int) -> HttpResponse:
    """Close it after inspection."""
    rma = close_rma(rma_or_404(request, pk), by=request.actor)
    return done(request, rma_url(rma), _("Closed."))


@office_page(EDIT_RMAS)
def rma_cancellation(request: PageRequest, pk: int) -> HttpResponse:
    """Ask why; a POST cancels the RMA."""
    rma = rma_or_404(request, pk)
    title = _("Cancel %(number)s") % {"number": rma.number}
    deed: Deed = lambda values: cancel_rma(rma, by=request.actor, **values)  # noqa: E731
    form = CancelForm(request.POST or None)
    return _asked(request, rma, form, deed, title=title, button=_("Cancel the RMA"), said=_("Canceled."))


@office_page(EDIT_RMAS)
def rma_sending(request: PageRequest, pk: int) -> HttpResponse:
    """Ask by whom the goods are on their way, as the customer told."""
    rma = rma_or_404(request, pk)
    title = _("The goods are on their way")
    deed: Deed = lambda values: send_rma(rma, by=request.actor, **values)  # noqa: E731
    form = SendingForm(request.POST if request.method == "POST" else None, carriers=carriers())
    return _asked(request, rma, form, deed, title=title, button=_("Sent"), said=_("Noted."))


@office_page(EDIT_RMAS)
def rma_line_receipt(request: PageRequest, pk: int) -> HttpResponse:
    """Ask how much of a line came; a POST receives it."""
    line = line_or_404(request, pk)
    title = _("Receive %(article)s") % {"article": line.description}
    deed: Deed = lambda values: receive_quantity(line, by=request.actor, **values)  # noqa: E731
    form = ReceiptForm(request.POST or None)
    return _asked(request, line.rma, form, deed, title=title, button=_("Receive"), said=_("Received."))


@office_page(EDIT_RMAS)
def rma_line_inspection(request: PageRequest, pk: int) -> HttpResponse:
    """Ask what was found and what becomes of it."""
    line = line_or_404(request, pk)
    named = line.unit.serial if line.unit else line.description
    title = _("Inspect %(article)s") % {"article": named}
    deed: Deed = lambda values: inspect_line(line, by=request.actor, **values)  # noqa: E731
    initial = {"disposition": line.disposition, "findings": line.findings}
    form = InspectionForm(request.POST or None, initial=initial)
    return _asked(request, line.rma, form, deed, title=title, button=_("Save"), said=_("Inspected."))


@office_page(EDIT_RMAS)
def rma_mismatch(request: PageRequest, pk: int) -> HttpResponse:
    """Ask what became of a unit that was not expected."""
    mismatch = get_object_or_404(rma_mismatches(request.actor), pk=pk)
    title = _("Mismatch %(serial)s") % {"serial": mismatch.serial}
    deed: Deed = lambda values: settle_mismatch(mismatch, by=request.actor, **values)  # noqa: E731
    form = OutcomeForm(request.POST or None)
    return _asked(request, mismatch.rma, form, deed, title=title, button=_("Settle"), said=_("Settled."))


def _asked(
    request: PageRequest, rma: Rma, form: Any, deed: Deed, *, title: str, button: str, said: str
) -> HttpResponse:
    """Show the form; filled in well, do the deed with what it says."""
    context = {"title": title, "form": form, "rma": rma, "button": button, "cancel": rma_url(rma)}
    if request.method != "POST":
        return render(request, DEED, context)
    if not form.is_valid():
        return invalid(request, DEED, context)
    deed(form.cleaned_data)
    return done(request, rma_url(rma), said)


urls = [
    path("rmas/<int:pk>/issue/", rma_issue, name="rma_issue"),
    path("rmas/<int:pk>/receipt-end/", rma_receipt_end, name="rma_receipt_end"),
    path("rmas/<int:pk>/closure/", rma_closure, name="rma_closure"),
    path("rmas/<int:pk>/cancellation/", rma_cancellation, name="rma_cancellation"),
    path("rmas/<int:pk>/sending/", rma_sending, name="rma_sending"),
    path("rma-lines/<int:pk>/receipt/", rma_line_receipt, name="rma_line_receipt"),
    path("rma-lines/<int:pk>/inspection/", rma_line_inspection, name="rma_line_inspection"),
    path("rma-mismatches/<int:pk>/", rma_mismatch, name="rma_mismatch"),
]
