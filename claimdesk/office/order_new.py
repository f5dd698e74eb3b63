"""New order: staff order for a customer with its prices, which are shown before anything is ordered (O5)."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from claimdesk.access.queries.members import people_of
from claimdesk.catalog.models import Product
from claimdesk.catalog.queries.products import products, products_by_number
from claimdesk.catalog.wording import price_reason
from claimdesk.customers.models import Customer
from claimdesk.customers.permissions import CHANGE_STATUS
from claimdesk.customers.queries.customers import customers
from claimdesk.customers.search import find_customers
from claimdesk.kernel.refused import Refused
from claimdesk.office.cells.orders import order_link
from claimdesk.office.forms.orders import CustomerNumberForm, NewOrderForm
from claimdesk.orders.actions.orders import place_order
from claimdesk.orders.permissions import ORDER_FOR_CUSTOMERS
from claimdesk.orders.queries.ordering import refuse_status
from claimdesk.orders.queries.pricing import LineSums, OrderSums, sums_of
from claimdesk.orders.quick_order import QuickLine, read_pasted
from claimdesk.orders.wanted import WantedLine, added_up
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

FORM = "office/orders/new.html"
PICK = "office/orders/pick.html"
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A line of the preview; `fault` says why it cannot be ordered."""

    sums: LineSums

    @property
    def reason(self) -> str:
        return price_reason(self.sums.offer.reason) if self.sums.offer else ""


@office_page(ORDER_FOR_CUSTOMERS)
def order_new(request: PageRequest) -> HttpResponse:
    """Order for the customer that the address names: what it comes to is shown first, then a POST that saw it orders."""
    if "customer" not in request.GET:
        return _pick(request)
    customer = get_object_or_404(customers(request.actor), pk=whole_number(request.GET.get("customer")))
    data = request.POST if request.method == "POST" else None
    initial = {"key": get_random_string(24)}
    form = NewOrderForm(data, customer=customer, people=people_of(customer), initial=initial)
    context = _context(request, customer, form)
    if data is None:
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    wanted, faults = _read(request, form.cleaned_data["lines"])
    sums = sums_of(customer, wanted, seller=request.seller, actor=request.actor)
    digest = _digest(form.cleaned_data["lines"])
    is_seen = form.cleaned_data["expected_total"] == sums.total and form.cleaned_data["digest"] == digest
    if faults or sums.faults or not is_seen:
        status = 422 if faults or sums.faults else 200
        return render(request, FORM, context | _preview(sums, faults, digest), status=status)
    return _place(request, customer, wanted, form)


def _place(
    request: PageRequest, customer: Customer, wanted: list[WantedLine], form: NewOrderForm
) -> HttpResponse:
    names = ("po_number", "ship_to", "wished_on", "note", "key", "expected_total", "for_user")
    fields = {name: form.cleaned_data[name] for name in names}
    order = place_order(customer, lines=wanted, by=request.actor, **fields)
    return done(request, order_link(order), _("Order %(number)s is placed.") % {"number": order.number})


def _read(request: PageRequest, text: str) -> tuple[list[WantedLine], list[tuple[QuickLine, str]]]:
    """Return what the lines want, each product once, and the lines that mean nothing, with why."""
    lines = read_pasted(text)
    found: dict[str, Product] = products_by_number(
        products(request.actor), [line.number for line in lines if not line.fault]
    )
    unknown = _("There is no product with this number.")
    faults = [(line, line.fault or unknown) for line in lines if line.fault or line.number not in found]
    wanted = [
        WantedLine(found[line.number], line.quantity)
        for line in lines
        if not line.fault and line.number in found
    ]
    return added_up(wanted), faults


def _context(request: PageRequest, customer: Customer, form: NewOrderForm) -> dict[str, Any]:
    context: dict[str, Any] = {
        "title": _("New order for %(name)s") % {"name": customer.name},
        "customer": customer,
        "form": form,
        "cancel": reverse("office:orders"),
    }
    try:
        refuse_status(customer, request.actor)
    except Refused as refusal:
        context["refusal"] = refusal.message
        context["may_change_to_admin"] = customer.is_new and request.actor.may(CHANGE_STATUS)
    return context


def _preview(sums: OrderSums, faults: list[tuple[QuickLine, str]], digest: str) -> dict[str, Any]:
    return {
        "sums": sums,
        "lines": [PreviewLine(line) for line in sums.lines],
        "faults": faults,
        "digest": digest,
        "can_place": bool(sums.lines) and not faults and not sums.faults,
    }


def _digest(lines: str) -> str:
    """Return what tells one list of lines from another: whoever changes them sees the sums anew."""
    return hashlib.sha256(" ".join(lines.split()).encode()).hexdigest()


def _pick(request: PageRequest) -> HttpResponse:
    """Ask for whom, by number or name."""
    form = CustomerNumberForm({"customer": request.GET["q"]} if "q" in request.GET else None)
    context: dict[str, Any] = {"title": _("New order"), "form": form}
    if form.is_bound and form.is_valid():
        rows = customers(request.actor).filter(merged_into=None)
        keys = find_customers(rows, form.cleaned_data["customer"])[:MOST_FOUND]
        if len(keys) == 1:
            return redirect(f"{reverse('office:order_new')}?customer={keys[0]}")
        by_key = rows.in_bulk(keys)
        context["found"] = [by_key[key] for key in keys if key in by_key]
    return render(request, PICK, context)


urls = [path("orders/new/", order_new, name="order_new")]
