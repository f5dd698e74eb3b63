"""Sales › Reclamations: the list, one reclamation, and its page to print (R2, R11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.aftersales.models import Reclamation, ReclamationLine
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS, MARK_REFUNDED, VIEW_RECLAMATIONS
from claimdesk.aftersales.queries.causes import cause_choices
from claimdesk.aftersales.queries.reclamations import (
    counts_by_state,
    items_of,
    lines_of,
    reclamations,
    search_reclamations,
)
from claimdesk.conversations.queries.threads import messages_about
from claimdesk.customers.queries.customers import keys_of_customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.ledger.queries.timeline import events_about, timeline
from claimdesk.office.cells.reclamations import customer_cell, order_cell, reclamation_state_cell, view_cell
from claimdesk.office.rma_panel import rmas_of_reclamation
from claimdesk.office.settings.days import SinceDay, UntilDay
from claimdesk.office.timelines import entries_of
from claimdesk.orders.models import OrderItem
from claimdesk.orders.permissions import PLACE_REPLACEMENTS, REFUND, TRIGGER_ITEM_EVENTS
from claimdesk.orders.queries.items import OfferedEvent, offered_events
from claimdesk.orders.queries.processes import state_label
from claimdesk.web.addresses import address_of
from claimdesk.web.files.panel import files_panel
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.requests import PageRequest


def reclamation_url(reclamation: Reclamation) -> str:
    """Return the address of a reclamation."""
    return address_of("office:reclamation", reclamation.pk)


class ReclamationFilters(django_filters.FilterSet):
    """Filters of Reclamations."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=Reclamation.State.choices, empty_label=gettext_lazy("All")
    )
    cause = django_filters.ChoiceFilter(
        label=gettext_lazy("Cause"), choices=cause_choices, empty_label=gettext_lazy("All")
    )
    wish = django_filters.ChoiceFilter(
        label=gettext_lazy("Wish"), choices=Reclamation.Wish.choices, empty_label=gettext_lazy("All")
    )
    customer = django_filters.CharFilter(
        label=gettext_lazy("Customer (number or name)"), method="of_customer"
    )
    since = SinceDay(field_name="opened_at", label=gettext_lazy("From"))
    until = UntilDay(field_name="opened_at", label=gettext_lazy("Until"))

    def of_customer(self, rows: QuerySet[Reclamation], _name: str, value: str) -> QuerySet[Reclamation]:
        """Those of the customers with that number or name."""
        return rows.filter(customer_id__in=keys_of_customers(value))


def _counts(actor: Actor) -> dict[str, int]:
    counts = counts_by_state(actor)
    return {"": counts["all"], "state=open": counts["open"], "state=closed": counts["closed"]}


PAGE = ListPage(
    name="reclamations",
    title=gettext_lazy("Reclamations"),
    rows=reclamations,
    columns=(
        Column("number", gettext_lazy("Number"), sort="id", heading=True, link=reclamation_url),
        Column("order", gettext_lazy("Order"), value="order.number", cell=order_cell),
        Column("customer", gettext_lazy("Customer"), value="customer.name", cell=customer_cell),
        Column("cause", gettext_lazy("Cause"), value="cause.name"),
        Column(
            "state",
            gettext_lazy("State"),
            value="get_state_display",
            cell=reclamation_state_cell,
            export="state",
        ),
        Column("created", gettext_lazy("Created"), value="opened_at", sort="opened_at"),
        Column("view", gettext_lazy("Actions"), value="pk", cell=view_cell, exported=False),
        Column("wish", gettext_lazy("Wish"), value="get_wish_display", shown=False, export="wish"),
        Column("opened_by", gettext_lazy("Opened by"), value="opened_by_name", shown=False),
        Column("customer_number", gettext_lazy("Customer number"), value="customer.number", shown=False),
        Column("refunded", gettext_lazy("Marked as refunded"), value="refunded_at", shown=False),
        Column("closed", gettext_lazy("Closed"), value="closed_at", shown=False),
        Column("closed_by", gettext_lazy("Closed by"), value="closed_by_name", shown=False),
    ),
    sort="-created",
    filters=ReclamationFilters,
    search=search_reclamations,
    search_hint=gettext_lazy("Number, order or customer"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Open"), "state=open"),
        Preset(gettext_lazy("Closed"), "state=closed"),
    ),
    counts=_counts,
    empty=Empty(
        gettext_lazy("No reclamations"),
        gettext_lazy("When a customer claims on an order, for whatever cause, it stands here."),
        icon="package",
    ),
    row_url=reclamation_url,
    template="office/reclamations/list.html",
    live_seconds=15,
)


@office_page(VIEW_RECLAMATIONS)
@while_on("reclamations_on")
def reclamations_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE, may_open=request.actor.may(EDIT_RECLAMATIONS))


def reclamation_or_404(request: PageRequest, pk: int) -> Reclamation:
    """Return the reclamation, if it is the actor's to see."""
    rows = reclamations(request.actor).select_related("follows", "order__process", "customer__representative")
    return get_object_or_404(rows, pk=pk)


def facts_of(reclamation: Reclamation) -> list[tuple[str, Any]]:
    """Return what is known of a reclamation, with labels."""
    return [
        (_("Cause"), reclamation.cause.name),
        (_("Wish"), reclamation.get_wish_display()),
        (_("Created"), reclamation.opened_at),
        (_("Opened by"), reclamation.opened_by_name),
        *([(_("Closed"), reclamation.closed_at)] if reclamation.closed_at else []),
        *([(_("Closed by"), reclamation.closed_by_name)] if reclamation.closed_at else []),
    ]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of a claimed line: where it stands, what can happen to it now, and the `key` that names it as shown.

    `quantity` is what its box says: no more than is claimed, or what was typed before, where a form comes back.
    """

    item: OrderItem
    state: str
    events: list[OfferedEvent]
    quantity: str
    is_ticked: bool = False

    @property
    def key(self) -> str:
        return f"{self.item.pk}:{self.item.version}"


def rows_of_items(reclamation: Reclamation, lines: Iterable[ReclamationLine], actor: Actor) -> list[ItemRow]:
    """Return the items of the claimed `lines`; closed, nothing can happen to them from here."""
    items = list(items_of(reclamation))
    claimed = {line.line_id: line.quantity for line in lines}
    order = reclamation.order
    offered = offered_events(order, items, actor) if reclamation.is_open else {}
    return [
        ItemRow(
            item,
            state_label(order.process, item.state),
            list(offered.get(item.pk, ())),
            shown_quantity(min(item.quantity, claimed[item.line_id])),
        )
        for item in items
    ]


def context_of(request: PageRequest, reclamation: Reclamation) -> dict[str, Any]:
    """Return what a reclamation's page shows: closed, none of the deeds but to follow it up."""
    actor = request.actor
    lines = lines_of(reclamation)
    rows = rows_of_items(reclamation, lines, actor)
    events = {event.name: event for row in rows for event in row.events}
    return {
        "title": _("Reclamation %(number)s") % {"number": reclamation.number},
        "reclamation": reclamation,
        "facts": facts_of(reclamation),
        "lines": lines,
        "successors": reclamation.followed_by.order_by("pk"),
        "orders": reclamation.orders.select_related("order").order_by("pk"),
        "items": rows,
        "events": list(events.values()),
        "may_trigger": reclamation.is_open and actor.may(TRIGGER_ITEM_EVENTS),
        "panel": files_panel(reclamation, actor=actor, is_open=reclamation.is_open),
        "notes": messages_about(reclamation, actor=actor),
        "entries": entries_of(timeline(events_about(reclamation), with_outcomes=True)),
        "may_edit": reclamation.is_open and actor.may(EDIT_RECLAMATIONS),
        "is_unfinished": reclamation.is_open and any(line.unfinished for line in lines),
        "may_refund": actor.may(REFUND),
        "may_replace": actor.may(EDIT_RECLAMATIONS) and actor.may(PLACE_REPLACEMENTS),
        "may_mark": reclamation.is_open and actor.may(MARK_REFUNDED),
        "may_follow_up": not reclamation.is_open and actor.may(EDIT_RECLAMATIONS),
        **rmas_of_reclamation(reclamation, actor=actor),
    }


@office_page(VIEW_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_page(request: PageRequest, pk: int) -> HttpResponse:
    reclamation = reclamation_or_404(request, pk)
    return render(request, "office/reclamations/page.html", context_of(request, reclamation))


@office_page(VIEW_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_print(request: PageRequest, pk: int) -> HttpResponse:
    """Show the reclamation as it goes on paper, with the parcel or into a file."""
    reclamation = reclamation_or_404(request, pk)
    return render(request, "office/reclamations/print.html", context_of(request, reclamation))


urls = [
    path("reclamations/", reclamations_page, name="reclamations"),
    path("reclamations/<int:pk>/", reclamation_page, name="reclamation"),
    path("reclamations/<int:pk>/print/", reclamation_print, name="reclamation_print"),
]
