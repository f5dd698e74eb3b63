"""Products & warranty: the account's own units, one unit, and those that wait to be registered (U2, U3, U9)."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.aftersales.queries.unit_history import claims_on_unit
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.ledger.queries.timeline import events_about
from claimdesk.portal.timelines import timeline_of
from claimdesk.warranty.models import Unit
from claimdesk.warranty.permissions import REGISTER_OWN_UNITS, VIEW_OWN_UNITS
from claimdesk.warranty.queries.registrations import registrations_of
from claimdesk.warranty.queries.transfers import transfer_asked, transfers_to
from claimdesk.warranty.queries.units import (
    chain_of,
    custody_of,
    search_units,
    units,
    units_to_register,
)
from claimdesk.web.addresses import address_of
from claimdesk.web.coverage import shown_covers
from claimdesk.web.gates import portal_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.lists.cells import stacked, state_cell
from claimdesk.web.pieces import badge, shown
from claimdesk.web.registration_forms import facts_of_registration
from claimdesk.web.requests import PageRequest
from claimdesk.web.unit_cells import cover_cell, product_cell
from claimdesk.web.unit_filters import UnitFilters

MOST_OFFERED = 50
# What the account's people read of what happened; who had the unit before or after them is not for them.
SHOWN_EVENTS = (
    "unit.registered",
    "unit.registration_corrected",
    "unit.registration_withdrawn",
    "unit.replaced",
)


def unit_url(unit: Unit) -> str:
    """Return the address of a unit's page."""
    return address_of("portal:unit", unit.pk)


def listed(actor: Actor) -> QuerySet[Unit]:
    """Return the account's units with how many of its own claims each bears, drafts left out."""
    own = Q(claims__customer_id__in=customers_of_papers(actor)) & ~Q(claims__state="draft")
    return units(actor).select_related("product").annotate(claim_count=Count("claims", filter=own))


def registration_cell(unit: Unit, actor: Actor) -> SafeString:
    """Show on whom a unit is registered, else the way to register it."""
    if unit.is_registered:
        return stacked(shown(unit.delivered_on), unit.owner_name)
    if unit.state == Unit.State.INACTIVE or not actor.may(REGISTER_OWN_UNITS):
        return badge("pending", _("Not registered"))
    html = '<a class="btn btn-sm" href="{}">{}</a>'
    return format_html(html, address_of("portal:unit_registration", unit.pk), _("Register"))


COLUMNS = (
    Column("serial", gettext_lazy("Serial number"), heading=True, link=unit_url),
    Column("product", gettext_lazy("Product"), value="product.number", cell=product_cell),
    Column("registration", gettext_lazy("Registration"), value="is_registered", cell=registration_cell),
    Column(
        "cover", gettext_lazy("Covered until"), value="cover_ends_on", sort="cover_ends_on", cell=cover_cell
    ),
    Column("state", gettext_lazy("State"), value="get_state_display", cell=state_cell, export="state"),
    Column("claims", gettext_lazy("Warranty claims"), value="claim_count", numeric=True),
    Column("owner", gettext_lazy("End customer"), value="owner_name", shown=False),
    Column("delivered", gettext_lazy("Delivered on"), value="delivered_on", shown=False),
    Column("created", gettext_lazy("Created"), value="created_at", sort="created_at", shown=False),
)
PAGE = ListPage(
    name="portal:units",
    title=gettext_lazy("Products & warranty"),
    rows=listed,
    columns=COLUMNS,
    sort="-created",
    filters=UnitFilters,
    search=search_units,
    search_hint=gettext_lazy("Serial number"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Registered"), "registered=yes"),
        Preset(gettext_lazy("Not registered"), "registered=no"),
    ),
    row_url=unit_url,
    layout="web/portal.html",
    template="portal/units/list.html",
    empty=Empty(
        gettext_lazy("No units yet"),
        gettext_lazy("Machines that we deliver to you stand here with their warranty."),
        icon="tool",
    ),
)
PENDING = ListPage(
    name="portal:unit_registrations",
    title=gettext_lazy("Pending registration"),
    rows=lambda actor: units_to_register(actor).select_related("product"),
    columns=(
        Column("serial", gettext_lazy("Serial number"), heading=True, link=unit_url),
        Column("product", gettext_lazy("Product"), value="product.number", cell=product_cell),
        Column("shipped", gettext_lazy("Shipped on"), value="shipped_on"),
        Column("created", gettext_lazy("Created"), value="created_at", sort="created_at"),
        Column("register", gettext_lazy("Actions"), value="pk", cell=registration_cell, exported=False),
    ),
    sort="-created",
    search=search_units,
    search_hint=gettext_lazy("Serial number"),
    row_url=unit_url,
    layout="web/portal.html",
    empty=Empty(
        gettext_lazy("Everything is registered"),
        gettext_lazy("A unit that we assign to you stands here until you tell who has it."),
        icon="circle-check",
    ),
)


@portal_page(VIEW_OWN_UNITS)
@require_GET
def units_page(request: PageRequest) -> HttpResponseBase:
    offered = transfers_to(request.actor)[:MOST_OFFERED].count()
    return render_list(request, PAGE, offered=offered)


@portal_page(VIEW_OWN_UNITS)
@require_GET
def registrations_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PENDING)


def unit_or_404(request: PageRequest, pk: int) -> Unit:
    """Return the unit, if it is the account's, with what its cover is computed from."""
    rows = units(request.actor).select_related("product__category__parent__parent", "dealer")
    return get_object_or_404(rows, pk=pk)


@portal_page(VIEW_OWN_UNITS)
@require_GET
def unit_page(request: PageRequest, pk: int) -> HttpResponse:
    unit = unit_or_404(request, pk)
    return render(request, "portal/units/page.html", context_of(request, unit))


def context_of(request: PageRequest, unit: Unit) -> dict[str, Any]:
    """Return what the account's people see of a unit of their own."""
    actor = request.actor
    before, after = chain_of(unit)
    around = [each.pk for each in (before, after) if each]
    own = set(units(actor).filter(pk__in=around).values_list("pk", flat=True))
    events = events_about(unit).filter(kind__in=SHOWN_EVENTS, customer_id__in=customers_of_papers(actor))
    if len(own) < len(around):
        events = events.exclude(kind="unit.replaced")  # it names another dealer's unit
    asked = transfer_asked(unit)
    return {
        "title": _("Unit %(serial)s") % {"serial": unit.serial},
        "unit": unit,
        "facts": [
            (_("Product"), f"{unit.product.number} {unit.product.name}"),
            (_("Shipped on"), unit.shipped_on),
            (_("Delivered on"), unit.delivered_on),
            (_("Covered until"), unit.cover_ends_on),
        ],
        "covers": shown_covers(unit, on=today(company().time_zone)),
        "registrations": [
            (row, facts_of_registration(row, with_person=False)) for row in registrations_of(unit, actor)
        ],
        "custody": [
            each
            for each in custody_of(unit)
            if each.customer_id in customers_of_papers(actor) or each.until_on is None
        ],
        "before": before,
        "after": after,
        "own_units": own,
        "claims": claims_on_unit(unit.pk, actor),
        "claim_page": "portal:warranty_claim",
        "transfer": asked,
        "may_register": actor.may(REGISTER_OWN_UNITS) and unit.state == Unit.State.ACTIVE,
        "entries": timeline_of(events, seller=request.seller.name),
    }


urls = [
    path("units/", units_page, name="units"),
    path("units/<int:pk>/", unit_page, name="unit"),
    path("registrations/", registrations_page, name="unit_registrations"),
]
