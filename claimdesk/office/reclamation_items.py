"""Events of the order process from inside a reclamation: for one item, the ticked ones, or all (R6)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.aftersales.actions.reclamation_deeds import trigger_item_event
from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.queries.reclamations import items_of
from claimdesk.kernel.quantities import parse_quantity
from claimdesk.kernel.refused import Refused
from claimdesk.office.reclamation_deeds import open_or_refused
from claimdesk.office.reclamations import context_of, reclamation_or_404
from claimdesk.orders.models import OrderItem
from claimdesk.orders.permissions import TRIGGER_ITEM_EVENTS
from claimdesk.web.answers import invalid
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

PAGE = "office/reclamations/page.html"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which event is asked for which items, each as the page showed it, with quantities that differ from all."""

    event: str
    items: list[OrderItem]
    quantities: dict[int, Decimal]


@office_page(TRIGGER_ITEM_EVENTS)
@while_on("reclamations_on")
@require_POST
def reclamation_items(request: PageRequest, pk: int) -> HttpResponse:
    """Trigger the event and show, for each item, what came of it."""
    reclamation = open_or_refused(request, pk)
    asked = _asked(request.POST, reclamation)
    if missing := _missing(asked):
        return _asked_again(request, reclamation, asked, missing)
    results = trigger_item_event(
        reclamation, asked.event, items=asked.items, quantities=asked.quantities, by=request.actor
    )
    context: dict[str, Any] = context_of(request, reclamation_or_404(request, pk))
    context["results"] = list(zip(asked.items, results, strict=True))
    return render(request, PAGE, context)


def _missing(asked: _Asked) -> str:
    """Say what was not chosen of the two that must be: what is to happen, and with which items."""
    if not asked.event:
        return _("Choose what is to happen with the items.")
    return "" if asked.items else _("Tick at least one item.")


def _asked_again(request: PageRequest, reclamation: Reclamation, asked: _Asked, missing: str) -> HttpResponse:
    """Show the page with what was chosen, for what is missing to be chosen too."""
    context = context_of(request, reclamation)
    ticked = {_key_and_version(key)[0] for key in request.POST.getlist("items")}
    context["items"] = [
        replace(
            row,
            is_ticked=row.item.pk in ticked,
            quantity=request.POST.get(f"quantity_{row.item.pk}", row.quantity),
        )
        for row in context["items"]
    ]
    return invalid(request, PAGE, context | {"missing": missing, "event_chosen": asked.event})


def _asked(data: QueryDict, reclamation: Reclamation) -> _Asked:
    """Read the form: `one` names event and item; else `event` is for `items`, or for all with scope `all`."""
    event, _blank, key = data.get("one", "").partition(" ")
    keys = [key] if key else data.getlist("items")
    event = event or data.get("event", "")
    versions = dict(_key_and_version(each) for each in keys)
    rows = list(items_of(reclamation))
    if not key and data.get("scope") == "all":
        chosen = rows
    else:
        chosen = [row for row in rows if row.pk in versions]
        for row in chosen:
            row.version = versions[row.pk]
    return _Asked(event, chosen, _quantities(data, chosen))


def _key_and_version(text: str) -> tuple[int, int]:
    key, _colon, version = text.partition(":")
    return whole_number(key), whole_number(version)


def _quantities(data: QueryDict, items: list[OrderItem]) -> dict[int, Decimal]:
    """Return what is to move of items, where it is not all."""
    found: dict[int, Decimal] = {}
    for item in items:
        text = data.get(f"quantity_{item.pk}", "").strip()
        if not text:
            continue
        try:
            quantity = parse_quantity(text)
        except ValueError as problem:
            raise Refused("no_quantity", _("“%(text)s” is no quantity.") % {"text": text}) from problem
        if quantity != item.quantity:
            found[item.pk] = quantity
    return found


urls = [path("reclamations/<int:pk>/items/", reclamation_items, name="reclamation_items")]
