"""Service › RMAs: the list, and one RMA with what it names, what came and what became of it (M1-M4)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claimdesk.aftersales.models import Rma, RmaLine
from claimdesk.aftersales.permissions import EDIT_RMAS, VIEW_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.rmas import (
    EXPECTED,
    about_of,
    counts_of_rmas,
    lines_of_rma,
    rma_lines,
    rmas,
    search_rmas,
)
from claimdesk.customers.queries.customers import keys_of_customers
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.queries.timeline import events_about, timeline
from claimdesk.office.cells.rmas import customer_cell, view_cell
from claimdesk.office.settings.days import SinceDay, UntilDay
from claimdesk.office.timelines import entries_of
from claimdesk.orders.queries.shipments import tracking_url
from claimdesk.web.addresses import address_of
from claimdesk.web.documents.answer import slip_answer
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.lists.cells import state_cell
from claimdesk.web.requests import PageRequest

State = Rma.State
INSPECTABLE = (State.PARTLY_RECEIVED, State.RECEIVED, State.INSPECTED)


def rma_url(rma: Rma) -> str:
    """Return the address of an RMA."""
    return address_of("office:rma", rma.pk)


class RmaFilters(django_filters.FilterSet):
    """Filters of RMAs."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=State.choices, empty_label=gettext_lazy("All")
    )
    customer = django_filters.CharFilter(
        label=gettext_lazy("Customer (number or name)"), method="of_customer"
    )
    since = SinceDay(field_name="created_at", label=gettext_lazy("From"))
    until = UntilDay(field_name="created_at", label=gettext_lazy("Until"))

    def of_customer(self, rows: QuerySet[Rma], _name: str, value: str) -> QuerySet[Rma]:
        """Those of the customers with that number or name."""
        return rows.filter(customer_id__in=keys_of_customers(value))


def _counts(actor: Actor) -> dict[str, int]:
    return {f"state={state}" if state else "": number for state, number in counts_of_rmas(actor).items()}


PAGE = ListPage(
    name="rmas",
    title=gettext_lazy("RMAs"),
    rows=lambda actor: rmas(actor).select_related("customer", "claim", "reclamation"),
    columns=(
        Column("number", gettext_lazy("Number"), sort="id", heading=True, link=rma_url),
        Column("customer", gettext_lazy("Customer"), value="customer.name", cell=customer_cell),
        Column("about", gettext_lazy("Claim or reclamation"), value=about_of),
        Column("state", gettext_lazy("State"), value="get_state_display", cell=state_cell, export="state"),
        Column("issued", gettext_lazy("Issued"), value="issued_at"),
        Column("expires", gettext_lazy("Expires"), value="expires_on"),
        Column("created", gettext_lazy("Created"), value="created_at", sort="created_at", shown=False),
        Column("view", gettext_lazy("Actions"), value="pk", cell=view_cell, exported=False),
        Column("customer_number", gettext_lazy("Customer number"), value="customer.number", shown=False),
        Column("carrier", gettext_lazy("Carrier"), shown=False),
        Column("tracking", gettext_lazy("Tracking number"), value="tracking_number", shown=False),
        Column("issued_by", gettext_lazy("Issued by"), value="issued_by_name", shown=False),
        Column("received", gettext_lazy("Received"), value="received_at", shown=False),
        Column("ended", gettext_lazy("Ended"), value="ended_at", shown=False),
    ),
    sort="-created",
    filters=RmaFilters,
    search=search_rmas,
    search_hint=gettext_lazy("Number, serial number or customer"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("In transit"), "state=in_transit"),
        Preset(gettext_lazy("To inspect"), "state=received"),
        Preset(gettext_lazy("To close"), "state=inspected"),
    ),
    counts=_counts,
    empty=Empty(
        gettext_lazy("No RMAs"),
        gettext_lazy("Permission to send goods back is given on the page of a claim; it then stands here."),
        icon="package",
    ),
    row_url=rma_url,
)


@office_page(VIEW_WARRANTY_CLAIMS)
def rmas_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE)


def rma_or_404(request: PageRequest, pk: int) -> Rma:
    """Return the RMA, if it is the actor's to see."""
    rows = rmas(request.actor).select_related("customer", "claim", "reclamation")
    return get_object_or_404(rows, pk=pk)


def line_or_404(request: PageRequest, pk: int) -> RmaLine:
    """Return a line of an RMA that is the actor's to see."""
    return get_object_or_404(rma_lines(request.actor), pk=pk)


def facts_of(rma: Rma) -> list[tuple[str, Any]]:
    """Return what is known of an RMA, with labels."""
    facts: list[tuple[str, Any]] = [
        (_("Issued"), rma.issued_at),
        (_("Issued by"), rma.issued_by_name),
        (_("Expires"), rma.expires_on),
        (_("Carrier"), rma.carrier),
        (_("Tracking number"), "" if tracking_url(rma.carrier, rma.tracking_number) else rma.tracking_number),
        (_("Received"), rma.received_at),
        (_("Ended"), rma.ended_at),
        (_("Ended by"), rma.ended_by_name),
        (_("Reason"), rma.ending_reason),
    ]
    return [(label, value) for label, value in facts if value]


def goods_of(rma: Rma, actor: Actor) -> dict[str, Any]:
    """Return what the table of an RMA's goods shows."""
    may_edit = actor.may(EDIT_RMAS)
    return {
        "rma": rma,
        "lines": lines_of_rma(rma),
        "mismatches": rma.mismatches.select_related("unit").order_by("pk"),
        "may_edit": may_edit,
        "may_receive": may_edit and rma.state in EXPECTED,
        "may_inspect": may_edit and rma.state in INSPECTABLE,
    }


@office_page(VIEW_WARRANTY_CLAIMS)
@require_GET
def rma_page(request: PageRequest, pk: int) -> HttpResponse:
    rma = rma_or_404(request, pk)
    context = goods_of(rma, request.actor) | {
        "title": rma.number,
        "facts": facts_of(rma),
        "tracking": tracking_url(rma.carrier, rma.tracking_number),
        "may_cancel": State.CANCELED in Rma.MOVES.get(rma.state, ()),
        "entries": entries_of(timeline(events_about(rma), with_outcomes=True)),
    }
    return render(request, "office/rmas/page.html", context)


@office_page(VIEW_WARRANTY_CLAIMS)
@require_GET
def rma_slip(request: PageRequest, pk: int) -> HttpResponse:
    return slip_answer(rma_or_404(request, pk))


urls = [
    path("rmas/", rmas_page, name="rmas"),
    path("rmas/<int:pk>/", rma_page, name="rma"),
    path("rmas/<int:pk>/slip/", rma_slip, name="rma_slip"),
]
