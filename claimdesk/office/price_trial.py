"""What would a customer pay for so many of a product on a day, and why? (O7)"""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.catalog.permissions import VIEW_PRODUCTS
from claimdesk.catalog.pricing import PriceOffer
from claimdesk.catalog.queries.prices import price_steps, prices_for
from claimdesk.catalog.wording import percent_words, price_reason
from claimdesk.kernel.clock import today
from claimdesk.office.cells.products import price_words
from claimdesk.office.forms.prices import TrialForm
from claimdesk.web.answers import invalid
from claimdesk.web.gates import office_page
from claimdesk.web.pieces import money
from claimdesk.web.requests import PageRequest

PAGE = "office/prices/trial.html"


@office_page(VIEW_PRODUCTS)
def price_trial(request: PageRequest) -> HttpResponseBase:
    """Answer by GET, so that the answer has an address to send to a colleague."""
    is_asked = "product" in request.GET and "quantity" in request.GET
    initial = {"product": request.GET.get("product", ""), "quantity": 1}
    form = TrialForm(request.GET if is_asked else None, actor=request.actor, initial=initial)
    context: dict[str, Any] = {"title": _("What would a customer pay?"), "form": form}
    if is_asked and not form.is_valid():
        return invalid(request, PAGE, context)
    if is_asked:
        context |= _answer(request, **form.cleaned_data)
    return render(request, PAGE, context)


def _answer(request: PageRequest, *, product: Any, customer: Any, quantity: Any, on: Any) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "currency": request.seller.currency,
        "on": on or today(),
        "actor": request.actor,
    }
    (offer,) = prices_for(customer, [(product, quantity)], **asked)
    steps = price_steps(customer, product, **asked)
    return {
        "is_asked": True,
        "product": product,
        "customer": customer,
        "quantity": quantity,
        "answer": _shown(offer) | {"amount": money(offer.amount(quantity), offer.currency)}
        if offer
        else None,
        "steps": [{"quantity": quantity, **_shown(step)} for quantity, step in steps],
    }


def _shown(offer: PriceOffer) -> dict[str, str]:
    """Return an offer in words: the price, the discount on it, and why."""
    return {
        "price": price_words(offer.unit_price, offer.currency, offer.per),
        "discount": percent_words(offer.discount) if offer.discount else "",
        "reason": price_reason(offer.reason),
    }


urls = [path("prices/trial/", price_trial, name="price_trial")]
