"""The checkout: what the order comes to, to the cent, one button, and the word that it arrived (O4)."""

import secrets
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from claimdesk.customers.models import Customer
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.orders.actions.cart_orders import order_cart
from claimdesk.orders.actions.carts import accept_prices
from claimdesk.orders.models import Order
from claimdesk.orders.permissions import PLACE_ORDERS, SEE_ORDERS
from claimdesk.orders.queries.carts import lines_to_show
from claimdesk.orders.queries.ordering import address_for, approval_for
from claimdesk.orders.queries.orders import orders
from claimdesk.orders.queries.pricing import sums_of
from claimdesk.orders.wanted import WantedLine
from claimdesk.portal.goods import customer_in_hand
from claimdesk.portal.ordering import may_order, why_not
from claimdesk.web.answers import done
from claimdesk.web.gates import portal_page
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

PAGE = "portal/checkout/page.html"
LONGEST_KEY = 60


@portal_page(PLACE_ORDERS)
def checkout(request: PageRequest) -> HttpResponse:
    customer = customer_in_hand(request)
    if request.method != "POST":
        return _shown(request, customer)
    total = whole_number(request.POST.get("total"))
    key = tidy(request.POST.get("key", ""))[:LONGEST_KEY]
    if not key:
        return done(request, reverse("portal:checkout"))
    try:
        order = order_cart(customer, key=f"cart:{key}", expected_total=total, by=request.actor)
    except Refused as refusal:
        return _shown(request, customer, refusal=refusal)
    return done(request, reverse("portal:order_placed", args=[order.pk]))


@portal_page(SEE_ORDERS)
@require_GET
def order_placed(request: PageRequest, pk: int) -> HttpResponse:
    order = get_object_or_404(orders(request.actor), pk=pk)
    waits = order.approval == Order.Approval.PENDING
    title = _("Your order waits for approval") if waits else _("Thank you for your order")
    return render(request, "portal/checkout/placed.html", {"title": title, "order": order, "waits": waits})


def _shown(request: PageRequest, customer: Customer, refusal: Refused | None = None) -> HttpResponse:
    """Show what would be ordered; after a refusal with the reason, and prices as they are now."""
    lines = lines_to_show(request.actor)
    if not lines:
        return done(request, reverse("portal:cart"), refusal.message if refusal else "")
    cart = lines[0].cart
    if refusal is not None and refusal.code == "price_changed":
        accept_prices(cart, by=request.actor)
    wanted = [WantedLine(line.product, line.quantity) for line in lines]
    sums = sums_of(customer, wanted, seller=request.seller, actor=request.actor)
    approval = approval_for(customer, sums.total, seller=request.seller, by=request.actor)
    context: dict[str, Any] = {
        "title": _("Checkout"),
        "cart": cart,
        "sums": sums,
        "faults": [line for line in sums.lines if line.fault],
        "ship_to": cart.ship_to or address_for(customer),
        "needs_approval": approval == Order.Approval.PENDING,
        "key": secrets.token_urlsafe(18),
        "refusal": refusal,
        "may_order": may_order(request.actor, customer),
        "why_not": why_not(request.actor, customer),
    }
    return render(request, PAGE, context, status=409 if refusal else 200)


urls = [
    path("checkout/", checkout, name="checkout"),
    path("orders/<int:pk>/placed/", order_placed, name="order_placed"),
]
