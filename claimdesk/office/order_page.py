"""An order's page: its items and what may happen to them, lines with prices, papers, timeline (O2)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS, VIEW_RECLAMATIONS
from claimdesk.aftersales.queries.reclamations import reclamations
from claimdesk.kernel.dates import day
from claimdesk.ledger.queries.timeline import events_about, timeline
from claimdesk.office.cells.orders import order_state
from claimdesk.office.order_money import money_deeds
from claimdesk.office.timelines import entries_of
from claimdesk.orders.models import Order
from claimdesk.orders.permissions import CHANGE_ORDERS, VIEW_ORDERS
from claimdesk.orders.queries.canceling import can_cancel, can_change
from claimdesk.orders.queries.orders import orders
from claimdesk.orders.queries.page import events_of_all, items_of, shown_items, shown_lines
from claimdesk.web.gates import office_page
from claimdesk.web.order_papers import papers_of
from claimdesk.web.requests import PageRequest

PAGE = "office/orders/page.html"


def order_or_404(request: PageRequest, pk: int) -> Order:
    """Return the order, if it is the actor's to see."""
    rows = orders(request.actor).select_related(
        "customer", "process", "representative", "replaces", "ship_to"
    )
    return get_object_or_404(rows, pk=pk)


@office_page(VIEW_ORDERS)
def order_page(request: PageRequest, pk: int) -> HttpResponse:
    return render(request, PAGE, page_context(request, order_or_404(request, pk)))


def page_context(request: PageRequest, order: Order) -> dict[str, Any]:
    """Return what the page shows of an order."""
    actor, items = request.actor, items_of(order)
    shown = shown_items(order, items, actor)
    may_change = actor.may(CHANGE_ORDERS)
    papers = papers_of(order, actor)
    return {
        "title": _("Order %(number)s") % {"number": order.number},
        "order": order,
        "state": order_state(order),
        "facts": facts_of(order),
        "lines": shown_lines(order),
        "items": shown,
        "events": events_of_all(shown),
        "entries": entries_of(timeline(events_about(order, *papers.with_events), with_outcomes=True)),
        "replacements": order.replacements.order_by("pk")[:10],
        "reclamations": _reclamations(request, order),
        "may_claim": request.seller.reclamations_on and actor.may(EDIT_RECLAMATIONS),
        "may_change": may_change and can_change(order, items),
        "may_cancel": may_change and can_cancel(order, items, actor),
        "papers": papers,
        **money_deeds(actor),
    }


def _reclamations(request: PageRequest, order: Order) -> Any:
    if not (
        order.has_reclamation and request.seller.reclamations_on and request.actor.may(VIEW_RECLAMATIONS)
    ):
        return []
    return reclamations(request.actor).filter(order=order).order_by("-pk")[:10]


def facts_of(order: Order) -> list[tuple[str, Any]]:
    """Return what is known of an order beside its lines, with labels."""
    facts = [
        (_("PO number"), order.po_number),
        (_("Date"), day(order.ordered_on)),
        (_("Placed by"), order.placed_by_name),
        (_("Representative"), order.representative.name if order.representative else ""),
        (_("Wished date"), day(order.wished_on)),
        (_("Ship-to"), order.ship_to_words),
        (_("Payment"), order.get_payment_terms_display()),
    ]
    if order.approval != Order.Approval.NOT_NEEDED:
        said = (order.get_approval_display(), order.approval_decided_by_name, order.approval_words)
        facts.append((_("Approval by the customer"), " · ".join(str(word) for word in said if word)))
    return facts


urls = [path("orders/<int:pk>/", order_page, name="order")]
