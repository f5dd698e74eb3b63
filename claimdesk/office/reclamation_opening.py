"""Opening a reclamation: picking the order, claiming on it, taking a closed one up again, editing (R3, R5, R11)."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claimdesk.aftersales.actions.reclamations import edit_reclamation, follow_up, open_reclamation
from claimdesk.aftersales.models import Reclamation
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS
from claimdesk.aftersales.queries.claimable import claimable_lines
from claimdesk.aftersales.queries.picking import orders_found, orders_to_claim_on
from claimdesk.aftersales.queries.reclamations import lines_of
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.text import tidy
from claimdesk.office.reclamations import reclamation_or_404, reclamation_url
from claimdesk.orders.models import Order
from claimdesk.web.answers import done, invalid
from claimdesk.web.claim_forms import ClaimForm, attach_once
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

FORM = "office/reclamations/form.html"
LONGEST_SEARCH = 200


@office_page(EDIT_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_new(request: PageRequest) -> HttpResponse:
    """Claim on the order that the address names; without one, pick it."""
    if "order" not in request.GET:
        return _pick(request)
    order = _order(request, whole_number(request.GET.get("order")))
    lines = claimable_lines(order)
    most = {line.pk: line.allotment.free for line in lines}
    form = ClaimForm(request.POST or None, files=request.FILES or None, lines=lines, most=most)
    context = _context(request, order, form, _("Claim on order %(number)s") % {"number": order.number})
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    key = form.cleaned_data["key"]
    reclamation = open_reclamation(order, **form.wanted, key=key, by=request.actor)
    attach_once(reclamation, form.cleaned_data["upload"], by=request.actor)
    return done(request, reclamation_url(reclamation), _opened(reclamation))


@office_page(EDIT_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_follow_up(request: PageRequest, pk: int) -> HttpResponse:
    """Take a closed reclamation up again by a new one that is linked (R5)."""
    closed = reclamation_or_404(request, pk)
    form = _follow_up_form(request, closed)
    title = _("Follow up reclamation %(number)s") % {"number": closed.number}
    context = _context(request, closed.order, form, title) | {"cancel": reclamation_url(closed)}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    successor = follow_up(closed, **form.wanted, key=form.cleaned_data["key"], by=request.actor)
    attach_once(successor, form.cleaned_data["upload"], by=request.actor)
    return done(request, reclamation_url(successor), _opened(successor))


@office_page(EDIT_RECLAMATIONS)
@while_on("reclamations_on")
def reclamation_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change cause, wish, note and quantities of an open reclamation (R2)."""
    reclamation = reclamation_or_404(request, pk)
    if not reclamation.is_open:
        raise reclamation.refuse_move()
    form = _edit_form(request, reclamation)
    title = _("Edit reclamation %(number)s") % {"number": reclamation.number}
    context = _context(request, reclamation.order, form, title)
    context |= {"cancel": reclamation_url(reclamation), "button": _("Save")}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    edit_reclamation(reclamation, **form.wanted, by=request.actor)
    return done(request, reclamation_url(reclamation), _("Saved."))


def _follow_up_form(request: PageRequest, closed: Reclamation) -> ClaimForm:
    """Return the form with what is free of the order, and what the closed one settled of it."""
    claimed = {line.line_id: line for line in lines_of(closed)}
    lines = claimable_lines(closed.order)
    most = {line.pk: line.allotment.free for line in lines}
    for key, line in claimed.items():
        most[key] += line.claimable_again
    chosen = {key: min(line.quantity, most[key]) for key, line in claimed.items() if most[key]}
    initial = {"wish": closed.wish}
    return ClaimForm(
        request.POST or None,
        files=request.FILES or None,
        lines=lines,
        most=most,
        chosen=chosen,
        kept=closed.cause,
        initial=initial,
    )


def _edit_form(request: PageRequest, reclamation: Reclamation) -> ClaimForm:
    claimed = {line.line_id: line.quantity for line in lines_of(reclamation)}
    lines = claimable_lines(reclamation.order)
    most = {line.pk: line.allotment.free + claimed.get(line.pk, Decimal(0)) for line in lines}
    initial = {"wish": reclamation.wish, "note": reclamation.note}
    form = ClaimForm(
        request.POST or None,
        lines=lines,
        most=most,
        chosen=claimed,
        kept=reclamation.cause,
        initial=initial,
    )
    del form.fields["upload"]  # its page has the panel of its files
    return form


def _order(request: PageRequest, key: int) -> Order:
    return get_object_or_404(orders_to_claim_on(request.actor), pk=key)


def _context(request: PageRequest, order: Order, form: ClaimForm, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "order": order,
        "form": form,
        "button": pgettext("on an order", "Claim"),
        "cancel": reverse("office:reclamations"),
    }


def _opened(reclamation: Reclamation) -> str:
    return _("Reclamation %(number)s is open.") % {"number": reclamation.number}


def _pick(request: PageRequest) -> HttpResponse:
    """Show orders to choose from: the newest, those found, or those of one customer (R4, R11)."""
    text = tidy(request.GET.get("q", ""))[:LONGEST_SEARCH]
    rows = orders_to_claim_on(request.actor)
    customer = None
    if named := request.GET.get("customer"):
        customer = get_object_or_404(customers(request.actor), pk=whole_number(named))
        rows = rows.filter(customer=customer)
    context = {
        "title": _("Which order is it about?"),
        "orders": orders_found(rows, text),
        "search": text,
        "customer": customer,
    }
    return render(request, "office/reclamations/pick.html", context)


urls = [
    path("reclamations/new/", reclamation_new, name="reclamation_new"),
    path("reclamations/<int:pk>/edit/", reclamation_edit, name="reclamation_edit"),
    path("reclamations/<int:pk>/follow-up/", reclamation_follow_up, name="reclamation_follow_up"),
]
