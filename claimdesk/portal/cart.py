"""The cart: quantities, what changed since one looked last, and what the order needs besides its lines (O4)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.catalog.permissions import SHOP
from claimdesk.catalog.queries.products import products
from claimdesk.customers.models import Address
from claimdesk.customers.queries.on_file import addresses
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import Refused
from claimdesk.orders.actions.carts import accept_prices, add_to_cart, change_cart, change_cart_line
from claimdesk.orders.models import CartLine
from claimdesk.orders.permissions import PLACE_ORDERS
from claimdesk.orders.queries.carts import cart_lines, carts, quantities_in_cart
from claimdesk.orders.queries.ordering import address_for
from claimdesk.orders.quick_order import quantity_of
from claimdesk.orders.wanted import WantedLine
from claimdesk.portal.cart_page import cart_context
from claimdesk.portal.goods import customer_in_hand
from claimdesk.web.addresses import back
from claimdesk.web.answers import done, invalid, is_part, part
from claimdesk.web.gates import portal_page
from claimdesk.web.numbers import whole_number
from claimdesk.web.person_fields import LineField
from claimdesk.web.requests import PageRequest
from claimdesk.web.sent_forms import SentForm

PAGE = "portal/cart/page.html"


class AddressChoiceField(forms.ModelChoiceField):
    """A choice among the addresses on file."""

    def label_from_instance(self, obj: Address) -> str:
        place = " ".join(filter(None, (obj.postcode, obj.town)))
        return ", ".join(filter(None, (obj.label, obj.street, place)))


class CartForm(SentForm):
    """What an order needs besides its lines."""

    po_number = LineField(label=gettext_lazy("PO number"), max_length=60, required=False)
    ship_to = AddressChoiceField(
        label=gettext_lazy("Ship to"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("as agreed"),
    )
    wished_on = forms.DateField(label=gettext_lazy("Wished date"), required=False, widget=forms.DateInput)
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: Any, actor: Actor, today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.today = today
        own = (
            addresses(actor).filter(customer_id=actor.customer_id or 0).order_by("-kind", "-is_default", "pk")
        )
        self.fields["ship_to"].queryset = own  # type: ignore[attr-defined]  # a choice among rows has one

    def clean_wished_on(self) -> date | None:
        day = self.cleaned_data["wished_on"]
        if day is not None and day < self.today:
            raise ValidationError(_("This day is over; choose a later one."))
        return day


def _form(request: PageRequest, data: Any = None) -> CartForm:
    cart = carts(request.actor).first()
    initial = {
        "po_number": cart.po_number if cart else "",
        "ship_to": (cart and cart.ship_to) or address_for(customer_in_hand(request)),
        "wished_on": cart.wished_on if cart else None,
        "note": cart.note if cart else "",
    }
    return CartForm(data, initial=initial, actor=request.actor, today=today(request.seller.time_zone))


@portal_page(SHOP)
def cart(request: PageRequest) -> HttpResponse:
    """Show the cart; a POST keeps what was said of the order and goes on to the checkout."""
    context = {"title": _("Cart"), **cart_context(request)}
    if request.method != "POST":
        return render(request, PAGE, context | {"form": _form(request)})
    form = _form(request, request.POST)
    own = carts(request.actor).first()
    if not form.is_valid() or own is None:
        return invalid(request, PAGE, context | {"form": form})
    change_cart(own, **form.cleaned_data, by=request.actor)
    accept_prices(own, by=request.actor)
    return done(request, reverse("portal:checkout"))


@portal_page(PLACE_ORDERS)
@require_POST
def cart_lines_page(request: PageRequest) -> HttpResponse:
    """Put a product into the cart and stay where one is."""
    product = get_object_or_404(products(request.actor), pk=whole_number(request.POST.get("product")))
    quantity = _quantity(request)
    add_to_cart(customer_in_hand(request), lines=[WantedLine(product, quantity)], by=request.actor)
    if not is_part(request):
        return done(request, back(request), _("%(product)s is in the cart.") % {"product": product.name})
    lies = quantities_in_cart(request.actor, [product.pk])
    context = {"unit": product.unit, "quantity": lies.get(product.pk), "out_of_band": True}
    return render(request, "portal/shop/_added.html", context)


@portal_page(PLACE_ORDERS)
@require_POST
def cart_line(request: PageRequest, pk: int) -> HttpResponse:
    """Have another quantity in the cart."""
    line = get_object_or_404(cart_lines(request.actor), pk=pk)
    try:
        change_cart_line(line, quantity=_quantity(request), by=request.actor)
    except Refused as refusal:
        context = {"title": _("Cart"), **cart_context(request, refused={line.pk: refusal.message})}
        if is_part(request):
            return invalid(request, "portal/cart/_lines.html", context)
        return invalid(request, PAGE, context | {"form": _form(request)})
    return _changed(request)


@portal_page(PLACE_ORDERS)
@require_POST
def cart_line_removal(request: PageRequest, pk: int) -> HttpResponse:
    line: CartLine = get_object_or_404(cart_lines(request.actor), pk=pk)
    change_cart_line(line, quantity=Decimal(0), by=request.actor)
    return _changed(request)


def _changed(request: PageRequest) -> HttpResponse:
    if not is_part(request):
        return done(request, reverse("portal:cart"))
    return part(request, "portal/cart/_lines.html", cart_context(request), to=reverse("portal:cart"))


def _quantity(request: PageRequest) -> Decimal:
    quantity = quantity_of(request.POST.get("quantity", ""))
    if quantity is None:
        raise Refused("no_quantity", _("That is no quantity; write 3 or 2.5."))
    return quantity


urls = [
    path("cart/", cart, name="cart"),
    path("cart/lines/", cart_lines_page, name="cart_lines"),
    path("cart/lines/<int:pk>/", cart_line, name="cart_line"),
    path("cart/lines/<int:pk>/removal/", cart_line_removal, name="cart_line_removal"),
]
