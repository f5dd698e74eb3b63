"""RMAs issued to the account: what to send back, the slip, and the word that it is on its way (M1, W1)."""

from typing import Any

import django_filters
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claimdesk.aftersales.actions.rmas.issuing import send_rma
from claimdesk.aftersales.models import Rma
from claimdesk.aftersales.permissions import MAKE_OWN_WARRANTY_CLAIMS, VIEW_OWN_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.rmas import about_of, lines_of_rma, rmas, search_rmas
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.queries.timeline import events_about
from claimdesk.orders.queries.shipments import carriers, tracking_url
from claimdesk.portal.timelines import timeline_of
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.documents.answer import slip_answer
from claimdesk.web.gates import portal_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.lists.cells import state_cell
from claimdesk.web.pieces import NOTHING
from claimdesk.web.requests import PageRequest
from claimdesk.web.rma_forms import SendingForm

State = Rma.State
# What the account's people read of what happened; mismatches and findings are staff's.
SHOWN_EVENTS = ("rma.issued", "rma.sent", "rma.received", "rma.closed", "rma.canceled", "rma.expired")


def rma_url(rma: Rma) -> str:
    """Return the address of an RMA."""
    return address_of("portal:rma", rma.pk)


def slip_cell(rma: Rma, _actor: Actor) -> SafeString:
    """Show the way to the slip, while goods may travel with it."""
    if not rma.has_slip:
        return NOTHING
    label = _("Slip of %(number)s as PDF") % {"number": rma.number}
    html = '<div class="row-actions"><a class="btn btn-sm" href="{}" aria-label="{}">{}</a></div>'
    return format_html(html, address_of("portal:rma_slip", rma.pk), label, _("Slip"))


class RmaFilters(django_filters.FilterSet):
    """Filters of RMAs; drafts are not the customer's."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[each for each in State.choices if each[0] != State.DRAFT],
        empty_label=gettext_lazy("All"),
    )


PAGE = ListPage(
    name="portal_rmas",
    title=gettext_lazy("RMAs"),
    rows=lambda actor: rmas(actor).select_related("claim", "reclamation"),
    columns=(
        Column("number", gettext_lazy("Number"), sort="id", heading=True, link=rma_url),
        Column("about", gettext_lazy("For claim"), value=about_of),
        Column("state", gettext_lazy("State"), value="get_state_display", cell=state_cell, export="state"),
        Column("issued", gettext_lazy("Issued"), value="issued_at"),
        Column("expires", gettext_lazy("Expires"), value="expires_on"),
        Column("tracking", gettext_lazy("Tracking number"), value="tracking_number"),
        Column("created", gettext_lazy("Created"), value="created_at", sort="created_at", shown=False),
        Column("slip", gettext_lazy("Slip"), value="number", cell=slip_cell, exported=False),
    ),
    sort="-created",
    filters=RmaFilters,
    search=search_rmas,
    search_hint=gettext_lazy("Number or serial number"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("To send"), "state=issued"),
        Preset(gettext_lazy("In transit"), "state=in_transit"),
    ),
    empty=Empty(
        gettext_lazy("No RMAs"),
        gettext_lazy("When we ask for goods back, the permission and its slip stand here."),
        icon="package",
    ),
    row_url=rma_url,
    layout="web/portal.html",
)


@portal_page(VIEW_OWN_WARRANTY_CLAIMS)
def rmas_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE)


@portal_page(VIEW_OWN_WARRANTY_CLAIMS)
@require_GET
def rma_page(request: PageRequest, pk: int) -> HttpResponse:
    rma = _rma(request, pk)
    events = events_about(rma).filter(kind__in=SHOWN_EVENTS)
    context: dict[str, Any] = {
        "title": rma.number,
        "rma": rma,
        "about": about_of(rma),
        "lines": lines_of_rma(rma),
        "facts": _facts(rma),
        "tracking": tracking_url(rma.carrier, rma.tracking_number),
        "may_send": rma.state == State.ISSUED and request.actor.may(MAKE_OWN_WARRANTY_CLAIMS),
        "form": SendingForm(carriers=carriers()),
        "entries": timeline_of(events, seller=request.seller.name),
    }
    return render(request, "portal/rmas/page.html", context)


def _facts(rma: Rma) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [
        (_("For claim"), about_of(rma)),
        (_("Issued"), rma.issued_at),
        (_("Expires"), rma.expires_on),
        (_("Carrier"), rma.carrier),
        (_("Tracking number"), rma.tracking_number),
        (_("Received"), rma.received_at),
        (_("Ended"), rma.ended_at),
        (_("Reason"), rma.ending_reason),
    ]
    return [(label, value) for label, value in facts if value]


@portal_page(VIEW_OWN_WARRANTY_CLAIMS)
@require_GET
def rma_slip(request: PageRequest, pk: int) -> HttpResponse:
    return slip_answer(_rma(request, pk))


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
def rma_sending(request: PageRequest, pk: int) -> HttpResponse:
    """Ask by whom the goods are on their way; a POST tells the seller."""
    rma = _rma(request, pk)
    form = SendingForm(request.POST if request.method == "POST" else None, carriers=carriers())
    title = _("The goods are on their way")
    context = {"title": title, "rma": rma, "form": form, "button": _("Sent"), "cancel": rma_url(rma)}
    if request.method != "POST":
        return render(request, "portal/rmas/sending.html", context)
    if not form.is_valid():
        return invalid(request, "portal/rmas/sending.html", context)
    send_rma(rma, by=request.actor, **form.cleaned_data)
    return done(request, rma_url(rma), _("Thank you. We expect the goods."))


def _rma(request: PageRequest, pk: int) -> Rma:
    return get_object_or_404(rmas(request.actor).select_related("claim", "reclamation", "customer"), pk=pk)


urls = [
    path("rmas/", rmas_page, name="rmas"),
    path("rmas/<int:pk>/", rma_page, name="rma"),
    path("rmas/<int:pk>/slip/", rma_slip, name="rma_slip"),
    path("rmas/<int:pk>/sending/", rma_sending, name="rma_sending"),
]
