"""Changing and canceling an order in the office (O25)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.office.cells.orders import order_link
from claimdesk.office.forms.orders import CancelingForm, WishesForm, wishes_of
from claimdesk.office.order_page import order_or_404
from claimdesk.orders.actions.changes import cancel_order, change_order
from claimdesk.orders.permissions import CHANGE_ORDERS
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

FORM = "office/orders/form.html"


@office_page(CHANGE_ORDERS)
def order_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change what the order says beside its lines."""
    order = order_or_404(request, pk)
    data = request.POST if request.method == "POST" else None
    form = WishesForm(data, customer=order.customer, initial=wishes_of(order))
    context: dict[str, Any] = {
        "title": _("Change order %(number)s") % {"number": order.number},
        "order": order,
        "form": form,
        "cancel": order_link(order),
    }
    if data is None:
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    change_order(order, by=request.actor, **form.cleaned_data)
    return done(request, order_link(order), _("Saved."))


@office_page(CHANGE_ORDERS)
def order_cancellation(request: PageRequest, pk: int) -> HttpResponse:
    """Ask why; a POST cancels all that is left of the order."""
    order = order_or_404(request, pk)
    form = CancelingForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "title": _("Cancel order %(number)s") % {"number": order.number},
        "order": order,
        "form": form,
        "button": _("Cancel the order"),
        "button_class": "btn-danger",
        "cancel": order_link(order),
    }
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    cancel_order(order, reason=form.cleaned_data["reason"], by=request.actor)
    return done(request, order_link(order), _("The order is canceled."))


urls = [
    path("orders/<int:pk>/edit/", order_edit, name="order_edit"),
    path("orders/<int:pk>/cancellation/", order_cancellation, name="order_cancellation"),
]
