"""Service › Units: the list, and one unit with all that is known of it (U1-U9)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.aftersales.queries.unit_history import claims_on_unit
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.ledger.queries.timeline import events_about, timeline
from claimdesk.office.cells.units import dealer_cell, registration_cell
from claimdesk.office.timelines import entries_of
from claimdesk.warranty.models import Unit
from claimdesk.warranty.permissions import EDIT_UNITS, VIEW_UNITS
from claimdesk.warranty.queries.registrations import registrations_of
from claimdesk.warranty.queries.transfers import transfer_asked
from claimdesk.warranty.queries.units import (
    chain_of,
    custody_of,
    of_dealer,
    search_units_and_dealers,
    units,
)
from claimdesk.web.addresses import address_of
from claimdesk.web.coverage import shown_covers
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.lists.cells import state_cell
from claimdesk.web.registration_forms import facts_of_registration
from claimdesk.web.requests import PageRequest
from claimdesk.web.unit_cells import cover_cell, product_cell
from claimdesk.web.unit_filters import UnitFilters

MOST_EVENTS = 50


def unit_url(unit: Unit) -> str:
    """Return the address of a unit's page."""
    return address_of("office:unit", unit.pk)


class DealerUnitFilters(UnitFilters):
    """Filters of Units: also by dealer."""

    dealer = django_filters.CharFilter(label=gettext_lazy("Dealer (number or name)"), method="with_dealer")

    def with_dealer(self, rows: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        return of_dealer(rows, value)


def _listed(actor: Actor) -> QuerySet[Unit]:
    return units(actor).select_related("product", "dealer")


PAGE = ListPage(
    name="units",
    title=gettext_lazy("Units"),
    rows=_listed,
    columns=(
        Column("serial", gettext_lazy("Serial number"), heading=True, link=unit_url),
        Column("product", gettext_lazy("Product"), value="product.number", cell=product_cell),
        Column("dealer", gettext_lazy("Dealer"), value="dealer.number", cell=dealer_cell),
        Column("registration", gettext_lazy("Registration"), value="is_registered", cell=registration_cell),
        Column(
            "cover",
            gettext_lazy("Covered until"),
            value="cover_ends_on",
            sort="cover_ends_on",
            cell=cover_cell,
        ),
        Column("state", gettext_lazy("State"), value="get_state_display", cell=state_cell, export="state"),
        Column("owner", gettext_lazy("End customer"), value="owner_name", shown=False),
        Column("delivered", gettext_lazy("Delivered on"), value="delivered_on", shown=False),
        Column("region", gettext_lazy("Country"), shown=False),
        Column("made", gettext_lazy("Made on"), value="manufactured_on", shown=False),
        Column("shipped", gettext_lazy("Shipped on"), value="shipped_on", shown=False),
        Column("invoiced", gettext_lazy("Invoiced on"), value="invoiced_on", shown=False),
        Column("created", gettext_lazy("Created"), value="created_at", sort="created_at", shown=False),
    ),
    sort="-created",
    filters=DealerUnitFilters,
    search=search_units_and_dealers,
    search_hint=gettext_lazy("Serial number or dealer"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Pending registration"), "registered=no&state=active"),
    ),
    row_url=unit_url,
    template="office/units/list.html",
    empty=Empty(
        gettext_lazy("No units yet"),
        gettext_lazy("They come by import or by hand, and stand at once in their dealer's list to register."),
        icon="tool",
        url=reverse_lazy("office:unit_new"),
        action=gettext_lazy("New unit"),
    ),
)


@office_page(VIEW_UNITS)
def units_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE, may_edit=request.actor.may(EDIT_UNITS))


def unit_or_404(request: PageRequest, pk: int) -> Unit:
    """Return the unit, if it is the actor's to see, with what its cover is computed from."""
    rows = units(request.actor).select_related("product__category__parent__parent", "dealer")
    return get_object_or_404(rows, pk=pk)


@office_page(VIEW_UNITS)
def unit_page(request: PageRequest, pk: int) -> HttpResponse:
    unit, actor = unit_or_404(request, pk), request.actor
    told = registrations_of(unit, actor)
    before, after = chain_of(unit)
    context: dict[str, Any] = {
        "title": _("Unit %(serial)s") % {"serial": unit.serial},
        "unit": unit,
        "facts": facts_of(unit),
        "covers": shown_covers(unit, on=today(company().time_zone)),
        "registrations": [(row, facts_of_registration(row, with_person=True)) for row in told],
        "custody": custody_of(unit),
        "before": before,
        "after": after,
        "claims": claims_on_unit(unit.pk, actor),
        "claim_page": "office:warranty_claim",
        "transfer": transfer_asked(unit),
        "may_edit": actor.may(EDIT_UNITS),
        "entries": entries_of(timeline(events_about(unit), limit=MOST_EVENTS, with_outcomes=True)),
    }
    return render(request, "office/units/page.html", context)


def facts_of(unit: Unit) -> list[tuple[str, Any]]:
    """Return what is on file about a unit, with labels."""
    return [
        (_("Product"), f"{unit.product.number} {unit.product.name}"),
        (_("Dealer"), f"{unit.dealer.number} {unit.dealer.name}" if unit.dealer else ""),
        (_("Country"), unit.region),
        (_("Made on"), unit.manufactured_on),
        (_("Shipped on"), unit.shipped_on),
        (_("Invoiced on"), unit.invoiced_on),
        (_("Delivered on"), unit.delivered_on),
        (_("Covered until"), unit.cover_ends_on),
        (_("External id"), unit.external_id),
    ]


urls = [
    path("units/", units_page, name="units"),
    path("units/<int:pk>/", unit_page, name="unit"),
]
