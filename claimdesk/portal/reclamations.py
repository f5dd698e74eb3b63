"""Claims on the account's orders, as its people see them and, where the seller lets them, open them (R9)."""

from typing import Any

import django_filters
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claimdesk.aftersales.actions.reclamations import open_reclamation
from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.permissions import OPEN_OWN_RECLAMATIONS, VIEW_OWN_RECLAMATIONS
from claimdesk.aftersales.queries.causes import cause_choices
from claimdesk.aftersales.queries.claimable import claimable_lines, refuse_unless_may_claim
from claimdesk.aftersales.queries.picking import orders_to_claim_on
from claimdesk.aftersales.queries.reclamations import (
    counts_by_state,
    lines_of,
    reclamations,
    search_reclamations,
)
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.queries.timeline import events_about
from claimdesk.orders.models import Order
from claimdesk.portal.timelines import timeline_of
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.claim_forms import ClaimForm, attach_once
from claimdesk.web.files.panel import files_panel
from claimdesk.web.gates import portal_page, while_on
from claimdesk.web.lists import Column, Empty, ListPage, Preset
from claimdesk.web.lists.cells import stacked, state_cell
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

FORM = "portal/reclamations/form.html"
# What the account's people read of what happened; prices, marks and notes of staff are not for them.
SHOWN_EVENTS = ("reclamation.opened", "reclamation.replaced", "reclamation.parts_sent", "reclamation.closed")


def reclamation_url(reclamation: Reclamation) -> str:
    """Return the address of a reclamation."""
    return address_of("portal:reclamation", reclamation.pk)


class ClaimFilters(django_filters.FilterSet):
    """Filters of Claims."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=Reclamation.State.choices, empty_label=gettext_lazy("All")
    )
    cause = django_filters.ChoiceFilter(
        label=gettext_lazy("Cause"), choices=cause_choices, empty_label=gettext_lazy("All")
    )


def _counts(actor: Actor) -> dict[str, int]:
    counts = counts_by_state(actor)
    return {"state=open": counts["open"], "state=closed": counts["closed"], "": counts["all"]}


def _order_cell(reclamation: Reclamation, _actor: Actor) -> SafeString:
    return stacked(reclamation.order.number, reclamation.order.po_number)


def _view_cell(reclamation: Reclamation, _actor: Actor) -> SafeString:
    html = '<div class="row-actions"><a class="btn btn-sm" href="{}">{}</a></div>'
    return format_html(html, reclamation_url(reclamation), _("View"))


PAGE = ListPage(
    name="portal_claims",
    title=pgettext_lazy("on orders", "Claims"),
    rows=reclamations,
    columns=(
        Column("number", gettext_lazy("Number"), sort="id", heading=True, link=reclamation_url),
        Column("order", gettext_lazy("Order"), value="order.number", cell=_order_cell),
        Column("cause", gettext_lazy("Cause"), value="cause.name"),
        Column("wish", gettext_lazy("Wish"), value="get_wish_display", export="wish"),
        Column("state", gettext_lazy("State"), value="get_state_display", cell=state_cell, export="state"),
        Column("created", gettext_lazy("Created"), value="opened_at", sort="opened_at"),
        Column("view", gettext_lazy("Actions"), value="pk", cell=_view_cell, exported=False),
        Column("closed", gettext_lazy("Closed"), value="closed_at", shown=False),
    ),
    sort="-created",
    filters=ClaimFilters,
    search=search_reclamations,
    search_hint=gettext_lazy("Number or order"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Open"), "state=open"),
        Preset(gettext_lazy("Closed"), "state=closed"),
    ),
    counts=_counts,
    empty=Empty(
        gettext_lazy("No claims"),
        gettext_lazy("When something is wrong with an order, its claim stands here."),
        icon="package",
    ),
    row_url=reclamation_url,
    template="portal/warranty_claims/list.html",
    layout="web/portal.html",
    kept=("kind",),
)


@portal_page(VIEW_OWN_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_page(request: PageRequest, pk: int) -> HttpResponse:
    reclamation = get_object_or_404(reclamations(request.actor), pk=pk)
    events = events_about(reclamation).filter(kind__in=SHOWN_EVENTS)
    context: dict[str, Any] = {
        "title": _("Claim %(number)s") % {"number": reclamation.number},
        "reclamation": reclamation,
        "facts": _facts(reclamation, request.seller.name),
        "lines": lines_of(reclamation),
        "panel": files_panel(reclamation, actor=request.actor, is_open=reclamation.is_open),
        "orders": reclamation.orders.select_related("order").order_by("pk"),
        "entries": timeline_of(events, seller=request.seller.name),
    }
    return render(request, "portal/reclamations/page.html", context)


def _facts(reclamation: Reclamation, seller: str) -> list[tuple[str, Any]]:
    return [
        (_("Order"), reclamation.order.number),
        (_("Your order number"), reclamation.order.po_number),
        (_("Cause"), reclamation.cause.name),
        (_("Wish"), reclamation.get_wish_display()),
        (_("Created"), reclamation.opened_at),
        (_("Opened by"), reclamation.opened_by_name if reclamation.is_by_customer else seller),
    ]


@portal_page(OPEN_OWN_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_new(request: PageRequest) -> HttpResponse:
    """Claim on the order that the address names (R9)."""
    order = _order(request)
    refuse_unless_may_claim(order, request.actor)
    lines = claimable_lines(order)
    most = {line.pk: line.allotment.free for line in lines}
    form = ClaimForm(request.POST or None, files=request.FILES or None, lines=lines, most=most)
    context = {
        "title": _("Claim on order %(number)s") % {"number": order.number},
        "order": order,
        "form": form,
        "button": _("Send the claim"),
        "cancel": reverse("portal:claims"),
    }
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    reclamation = open_reclamation(order, **form.wanted, key=form.cleaned_data["key"], by=request.actor)
    attach_once(reclamation, form.cleaned_data["upload"], by=request.actor)
    words = _("We have your claim %(number)s.") % {"number": reclamation.number}
    return done(request, reclamation_url(reclamation), words)


def _order(request: PageRequest) -> Order:
    key = whole_number(request.GET.get("order"))
    return get_object_or_404(orders_to_claim_on(request.actor), pk=key)


urls = [
    path("reclamations/new/", reclamation_new, name="reclamation_new"),
    path("reclamations/<int:pk>/", reclamation_page, name="reclamation"),
]
