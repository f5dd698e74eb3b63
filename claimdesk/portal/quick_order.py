"""Quick order: paste a list or upload a file, see what is wrong beside each line, put the rest into the cart (O4)."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from claimdesk.catalog.pricing import PriceOffer
from claimdesk.catalog.queries.prices import prices_for
from claimdesk.catalog.queries.products import products, products_by_number
from claimdesk.kernel.clock import today
from claimdesk.kernel.tables import Unusable
from claimdesk.orders.actions.carts import add_to_cart
from claimdesk.orders.permissions import PLACE_ORDERS
from claimdesk.orders.quick_order import QuickLine, read_fields, read_file, read_pasted
from claimdesk.orders.wanted import WantedLine, fault_of
from claimdesk.portal.goods import customer_in_hand
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import portal_page
from claimdesk.web.requests import PageRequest

PAGE = "portal/quick_order/page.html"
LARGEST_FILE = 1 << 20


class QuickOrderForm(forms.Form):
    """A list, pasted or as a file."""

    lines = forms.CharField(
        label=gettext_lazy("Paste your list"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "paste", "spellcheck": "false"}),
        help_text=gettext_lazy("One line each: number and quantity, as they come from your own system."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        help_text=gettext_lazy("CSV or Excel with the columns number and quantity."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        file = values.get("file")
        if file and file.size > LARGEST_FILE:
            self.add_error("file", _("The file is larger than 1 MB; send it in parts."))
        elif file:
            values["read"] = self._read(file)
        else:
            values["read"] = read_pasted(values.get("lines", ""))
        if not self.errors and not values["read"]:
            self.add_error("lines", _("There is no line to read. Paste a list, or choose a file."))
        return values

    def _read(self, file: Any) -> list[QuickLine]:
        with tempfile.NamedTemporaryFile() as copy:
            for chunk in file.chunks():
                copy.write(chunk)
            copy.flush()
            try:
                return read_file(Path(copy.name))
            except Unusable as error:
                self.add_error("file", str(error))
                return []


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """A line beside the product that it means; `fault` says why it cannot be ordered, empty where it can."""

    read: QuickLine
    wanted: WantedLine | None
    offer: PriceOffer | None
    fault: str

    @property
    def amount(self) -> int | None:
        return self.offer.amount(self.wanted.quantity) if self.offer and self.wanted else None


@portal_page(PLACE_ORDERS)
def quick_order(request: PageRequest) -> HttpResponse:
    form = QuickOrderForm(request.POST or None, request.FILES or None)
    context = {"title": _("Quick order"), "form": form}
    if request.method != "POST":
        return render(request, PAGE, context)
    if "number" in request.POST:
        return _answer(request, _checked(request, _of_fields(request)))
    if not form.is_valid():
        return invalid(request, PAGE, context)
    return _answer(request, _checked(request, form.cleaned_data["read"]))


@portal_page(PLACE_ORDERS)
@require_POST
def quick_order_cart(request: PageRequest) -> HttpResponse:
    """Put the lines into the cart: all, or those without a fault where one says so."""
    checked = _checked(request, _of_fields(request))
    if not checked:
        return done(request, reverse("portal:quick_order"))
    good = [line.wanted for line in checked if line.wanted and not line.fault]
    if not good or (len(good) < len(checked) and not request.POST.get("only_good")):
        return _answer(request, checked)
    add_to_cart(customer_in_hand(request), lines=good, by=request.actor)
    said = ngettext("%(n)d line is in the cart.", "%(n)d lines are in the cart.", len(good))
    return done(request, reverse("portal:cart"), said % {"n": len(good)})


def _of_fields(request: PageRequest) -> list[QuickLine]:
    return read_fields(request.POST.getlist("number"), request.POST.getlist("quantity"))


def _checked(request: PageRequest, lines: list[QuickLine]) -> list[CheckedLine]:
    """Return the lines beside their products and prices, in three queries for any number of them."""
    readable = [line for line in lines if not line.fault]
    found = products_by_number(products(request.actor), [line.number for line in readable])
    wanted = {
        line.line: WantedLine(found[line.number], line.quantity) for line in readable if line.number in found
    }
    offers = prices_for(
        customer_in_hand(request),
        [(each.product, each.quantity) for each in wanted.values()],
        currency=request.seller.currency,
        on=today(request.seller.time_zone),
        actor=request.actor,
    )
    offered = dict(zip(wanted, offers, strict=True))
    return [_checked_line(line, wanted.get(line.line), offered.get(line.line)) for line in lines]


def _checked_line(line: QuickLine, wanted: WantedLine | None, offer: PriceOffer | None) -> CheckedLine:
    if line.fault:
        fault = line.fault
    elif wanted is None:
        fault = _("We have no product with this number.")
    else:
        refusal = fault_of(wanted, offer)
        fault = refusal.message if refusal else ""
    return CheckedLine(line, wanted, offer, fault)


def _answer(request: PageRequest, checked: list[CheckedLine]) -> HttpResponse:
    faults = sum(1 for line in checked if line.fault)
    good = len(checked) - faults
    context = {
        "title": _("Quick order"),
        "form": QuickOrderForm(),
        "checked": checked,
        "faults": faults,
        "good": good,
        "total": sum((line.amount or 0 for line in checked if not line.fault), 0),
    }
    return invalid(request, PAGE, context) if faults else render(request, PAGE, context)


urls = [
    path("shop/quick-order/", quick_order, name="quick_order"),
    path("shop/quick-order/cart/", quick_order_cart, name="quick_order_cart"),
]
