"""What the account's people do with an order: order it again, change it, cancel it, approve it (O4, O22, O25)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from claimdesk.catalog.wording import quantity_words
from claimdesk.customers.models import Address
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.orders.actions.approvals import approve_order, deny_order
from claimdesk.orders.actions.cart_orders import Reordered
from claimdesk.orders.actions.cart_orders import reorder as put_into_cart
from claimdesk.orders.actions.changes import cancel_order, change_order
from claimdesk.orders.models import Order, OrderItem
from claimdesk.orders.permissions import APPROVE_ORDERS, PLACE_ORDERS
from claimdesk.orders.queries.canceling import can_change
from claimdesk.orders.queries.orders import orders, orders_to_approve
from claimdesk.portal.cart import CartForm
from claimdesk.portal.orders import order_url
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import portal_page
from claimdesk.web.requests import PageRequest
from claimdesk.web.sent_forms import SentForm

CHANGE = "portal/orders/change.html"


class WordsForm(SentForm):
    """What the buyer is to read."""

    words = forms.CharField(
        label=gettext_lazy("Words for the buyer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChangeForm(CartForm):
    """What can be changed of an order: what stands beside its lines, and less of each item."""

    def __init__(
        self, *arguments: Any, order: Order, items: list[OrderItem], actor: Actor, **named: Any
    ) -> None:
        named["initial"] = {name: getattr(order, name) for name in ("po_number", "wished_on", "note")}
        named["initial"]["ship_to"] = order.ship_to_id
        super().__init__(*arguments, actor=actor, **named)
        self.day_of_before = order.wished_on
        for item in items:
            words = {"product": item.line.product_name, "most": quantity_words(item.quantity)}
            self.fields[f"item_{item.pk}"] = forms.DecimalField(
                label=_("%(product)s (at most %(most)s)") % words,
                min_value=Decimal(0),
                max_value=item.quantity,
                decimal_places=3,
                initial=item.quantity.normalize(),
                required=False,
            )

    def clean_wished_on(self) -> Any:
        day = self.cleaned_data["wished_on"]
        return day if day == self.day_of_before else super().clean_wished_on()

    @property
    def quantities(self) -> dict[int, Decimal]:
        """What is to stay of items, by their keys; an empty field leaves the item alone."""
        values = {name: value for name, value in self.cleaned_data.items() if name.startswith("item_")}
        return {int(name.removeprefix("item_")): value for name, value in values.items() if value is not None}

    @property
    def facts(self) -> dict[str, Any]:
        ship_to: Address | None = self.cleaned_data["ship_to"]
        return {name: self.cleaned_data[name] for name in ("po_number", "wished_on", "note")} | {
            "ship_to": ship_to
        }


def _order(request: PageRequest, pk: int) -> Order:
    """Return an order of the account in hand."""
    own = orders(request.actor).select_related("process", "customer", "ship_to")
    return get_object_or_404(own, pk=pk, customer_id=request.actor.customer_id)


@portal_page(PLACE_ORDERS)
@require_POST
def order_reorder(request: PageRequest, pk: int) -> HttpResponse:
    """Put all of it that is still sold into the cart."""
    found = put_into_cart(_order(request, pk), by=request.actor)
    return done(request, reverse("portal:cart"), _words(found))


def _words(found: Reordered) -> str:
    said = ngettext("%(n)d line is in the cart.", "%(n)d lines are in the cart.", len(found.taken))
    words = said % {"n": len(found.taken)}
    if found.left_out:
        missing = ", ".join(line.product_name for line, _why in found.left_out[:5])
        words += " " + _("Not sold any more, or without a price: %(products)s.") % {"products": missing}
    return words


@portal_page(PLACE_ORDERS)
def order_change(request: PageRequest, pk: int) -> HttpResponseBase:
    order = _order(request, pk)
    items = list(order.items.select_related("line").order_by("line__position", "pk"))
    form = ChangeForm(
        request.POST or None,
        order=order,
        items=items,
        actor=request.actor,
        today=today(request.seller.time_zone),
    )
    title = _("Change order %(number)s") % {"number": order.number}
    context = {
        "title": title,
        "form": form,
        "cancel": order_url(order),
        "can_change": can_change(order, items),
    }
    if request.method != "POST":
        return render(request, CHANGE, context)
    if not form.is_valid():
        return invalid(request, CHANGE, context)
    change_order(order, **form.facts, quantities=form.quantities, by=request.actor)
    return done(request, order_url(order), _("Saved."))


@portal_page(PLACE_ORDERS)
@require_POST
def order_cancellation(request: PageRequest, pk: int) -> HttpResponse:
    order = cancel_order(_order(request, pk), by=request.actor)
    return done(request, order_url(order), _("Order %(number)s is canceled.") % {"number": order.number})


@portal_page(APPROVE_ORDERS)
@require_GET
def order_approvals(request: PageRequest) -> HttpResponse:
    """Show the orders of buyers that wait for a manager, the oldest first."""
    waiting = orders_to_approve(request.actor).order_by("ordered_at", "pk")[:100]
    return render(
        request, "portal/order_approvals/page.html", {"title": _("Orders to approve"), "orders": waiting}
    )


@portal_page(APPROVE_ORDERS)
@require_POST
def order_approval(request: PageRequest, pk: int) -> HttpResponse:
    order = approve_order(_order(request, pk), by=request.actor)
    return done(request, order_url(order), _("Order %(number)s is approved.") % {"number": order.number})


@portal_page(APPROVE_ORDERS)
def order_denial(request: PageRequest, pk: int) -> HttpResponse:
    order = _order(request, pk)
    form = WordsForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "title": _("Deny order %(number)s") % {"number": order.number},
        "form": form,
        "cancel": order_url(order),
    }
    if request.method != "POST":
        return render(request, "portal/order_approvals/denial.html", context)
    if not form.is_valid():
        return invalid(request, "portal/order_approvals/denial.html", context)
    deny_order(order, words=form.cleaned_data["words"], by=request.actor)
    return done(request, order_url(order), _("Order %(number)s is denied.") % {"number": order.number})


urls = [
    path("orders/approvals/", order_approvals, name="order_approvals"),
    path("orders/<int:pk>/reorder/", order_reorder, name="order_reorder"),
    path("orders/<int:pk>/change/", order_change, name="order_change"),
    path("orders/<int:pk>/cancellation/", order_cancellation, name="order_cancellation"),
    path("orders/<int:pk>/approval/", order_approval, name="order_approval"),
    path("orders/<int:pk>/denial/", order_denial, name="order_denial"),
]
