"""Events of an order's items: for one, the ticked ones, or all, with a result for each (O12)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from claimdesk.kernel.quantities import parse_quantity
from claimdesk.office.order_page import PAGE, order_or_404, page_context
from claimdesk.orders.actions.items import ItemResult, trigger_event
from claimdesk.orders.models import Order, OrderItem
from claimdesk.orders.permissions import TRIGGER_ITEM_EVENTS
from claimdesk.orders.queries.page import items_of
from claimdesk.web.gates import office_page
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest


@office_page(TRIGGER_ITEM_EVENTS)
@require_POST
def order_item_event(request: PageRequest, pk: int, item: int) -> HttpResponse:
    """Have an event happen to one item, or to a part of it."""
    order = order_or_404(request, pk)
    return _answer(request, order, [each for each in items_of(order) if each.pk == item])


@office_page(TRIGGER_ITEM_EVENTS)
@require_POST
def order_ticked_items_event(request: PageRequest, pk: int) -> HttpResponse:
    """Have an event happen to the ticked items, or to parts of them."""
    order = order_or_404(request, pk)
    ticked = {whole_number(key) for key in request.POST.getlist("item")}
    return _answer(request, order, [each for each in items_of(order) if each.pk in ticked])


@office_page(TRIGGER_ITEM_EVENTS)
@require_POST
def order_items_event(request: PageRequest, pk: int) -> HttpResponse:
    """Have an event happen to all items that stand where it can."""
    order = order_or_404(request, pk)
    return _answer(request, order, items_of(order), is_whole=True)


def _answer(
    request: PageRequest, order: Order, items: list[OrderItem], *, is_whole: bool = False
) -> HttpResponse:
    """Trigger the event, and show the page with what came of it."""
    quantities, unreadable = ({}, {}) if is_whole else _quantities(request, items)
    asked = [item for item in _as_seen(request, items) if item.pk not in unreadable]
    results = trigger_event(
        asked, request.POST.get("event", "")[:80], quantities=quantities, by=request.actor
    )
    named = {item.pk: item.line for item in items}
    rows = [
        {"line": named[result.item_id], "moved": result.moved, "message": result.message}
        for result in [*results, *unreadable.values()]
    ]
    order = order_or_404(request, order.pk)
    context: dict[str, Any] = page_context(request, order) | {"results": rows, "summary": _summary(results)}
    return render(request, PAGE, context, status=200 if any(row["moved"] for row in rows) else 409)


def _as_seen(request: PageRequest, items: Iterable[OrderItem]) -> list[OrderItem]:
    """Return items with the version that the person saw, so that another's change in between is noticed."""
    seen = []
    for item in items:
        if f"seen_{item.pk}" in request.POST:
            item.version = whole_number(request.POST[f"seen_{item.pk}"])
        seen.append(item)
    return seen


def _quantities(
    request: PageRequest, items: Iterable[OrderItem]
) -> tuple[dict[int, Decimal], dict[int, ItemResult]]:
    """Return how much of each item is to move, where less than all is said; and what could not be read."""
    wanted: dict[int, Decimal] = {}
    unreadable: dict[int, ItemResult] = {}
    for item in items:
        typed = request.POST.get(f"quantity_{item.pk}", "").strip()
        try:
            quantity = parse_quantity(typed) if typed else item.quantity
        except ValueError:
            words = _("“%(typed)s” is no quantity.") % {"typed": typed[:20]}
            unreadable[item.pk] = ItemResult(item.pk, False, "quantity", words)
        else:
            if quantity != item.quantity:
                wanted[item.pk] = quantity
    return wanted, unreadable


def _summary(results: list[ItemResult]) -> str:
    moved = sum(result.moved for result in results)
    if not moved:
        return _("Nothing was changed.")
    return ngettext("%(n)d item was moved on.", "%(n)d items were moved on.", moved) % {"n": moved}


urls = [
    path("orders/<int:pk>/items/<int:item>/events/", order_item_event, name="order_item_event"),
    path("orders/<int:pk>/ticked-items/events/", order_ticked_items_event, name="order_ticked_items_event"),
    path("orders/<int:pk>/items/events/", order_items_event, name="order_items_event"),
]
