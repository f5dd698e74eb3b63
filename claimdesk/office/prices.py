"""Prices: the list, new, edit, remove, many at once, and what a customer would pay (O7)."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from claimdesk.catalog.actions.price_adjustments import adjust_prices
from claimdesk.catalog.actions.prices import add_price, change_price, remove_price
from claimdesk.catalog.models import Price
from claimdesk.catalog.permissions import EDIT_PRICES, VIEW_PRODUCTS
from claimdesk.catalog.queries.price_list import (
    held_by,
    listed_prices,
    of_customer_numbered,
    price_groups,
    search_prices,
    valid_when,
)
from claimdesk.catalog.queries.products import products
from claimdesk.kernel.money import to_decimal
from claimdesk.office.cells.products import price_cell, product_cell, whose_cell, whose_of
from claimdesk.office.forms.prices import AdjustmentForm, NewPriceForm, PriceForm
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.lists import BulkAction, Column, Empty, ListPage, Preset, chosen_rows, render_list
from claimdesk.web.numbers import LARGEST_KEY, whole_number
from claimdesk.web.requests import PageRequest

FORM = "office/prices/form.html"
ADJUSTMENT = "office/prices/adjustment.html"


def price_url(price: Price) -> str:
    """Return the address of a price's page."""
    return address_of("office:price", price.pk)


class PriceFilters(django_filters.FilterSet):
    """Filters of Prices."""

    whose = django_filters.ChoiceFilter(
        method="being_whose",
        choices=[
            ("list", gettext_lazy("Everybody")),
            ("group", gettext_lazy("Price groups")),
            ("customer", gettext_lazy("Customers")),
        ],
        label=gettext_lazy("For"),
        empty_label=gettext_lazy("All"),
    )
    group = django_filters.ChoiceFilter(
        field_name="price_group",
        choices=lambda: [(name, name) for name in price_groups()],
        label=gettext_lazy("Price group"),
        empty_label=gettext_lazy("All"),
    )
    customer = django_filters.CharFilter(method="of_customer", label=gettext_lazy("Customer number"))
    valid = django_filters.ChoiceFilter(
        method="being_valid",
        choices=[
            ("now", gettext_lazy("Now")),
            ("later", gettext_lazy("Later")),
            ("over", gettext_lazy("Over")),
        ],
        label=gettext_lazy("Valid"),
        empty_label=gettext_lazy("All"),
    )
    product = django_filters.NumberFilter(
        field_name="product_id",
        label=gettext_lazy("Product"),
        widget=forms.HiddenInput,
        max_value=LARGEST_KEY,
    )

    def being_whose(self, rows: QuerySet[Price], name: str, value: str) -> QuerySet[Price]:
        return held_by(rows, value)

    def of_customer(self, rows: QuerySet[Price], name: str, value: str) -> QuerySet[Price]:
        return of_customer_numbered(rows, value)

    def being_valid(self, rows: QuerySet[Price], name: str, value: str) -> QuerySet[Price]:
        return valid_when(rows, value)


PAGE = ListPage(
    name="prices",
    title=gettext_lazy("Prices"),
    rows=listed_prices,
    columns=(
        Column("number", gettext_lazy("Number"), value="product.number", sort="product__number_folded"),
        Column(
            "product",
            gettext_lazy("Product"),
            value="product.name",
            cell=product_cell,
            heading=True,
        ),
        Column("whose", gettext_lazy("For"), value=whose_of, cell=whose_cell),
        Column(
            "quantity_from",
            gettext_lazy("From quantity"),
            value=lambda price: f"{price.quantity_from.normalize():f}",
            numeric=True,
        ),
        Column(
            "amount",
            gettext_lazy("Price"),
            cell=price_cell,
            export=lambda price: str(to_decimal(price.amount, price.currency)),
            numeric=True,
        ),
        Column("per", gettext_lazy("For so many"), shown=False, numeric=True),
        Column("currency", gettext_lazy("Currency"), shown=False),
        Column("starts_on", gettext_lazy("From day")),
        Column("ends_on", gettext_lazy("Until day")),
        Column("changed", gettext_lazy("Changed"), value="updated_at", sort="updated_at", shown=False),
    ),
    sort="number",
    filters=PriceFilters,
    search=search_prices,
    search_hint=gettext_lazy("Number, name, description or EAN of the product"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Everybody"), "whose=list"),
        Preset(gettext_lazy("Price groups"), "whose=group"),
        Preset(gettext_lazy("Customers"), "whose=customer"),
    ),
    bulk=(
        BulkAction(
            gettext_lazy("Change by a percentage"),
            reverse_lazy("office:price_adjustment"),
            icon="adjustments",
            permission=EDIT_PRICES,
        ),
    ),
    row_url=price_url,
    row_dialog=True,
    template="office/prices/list.html",
    empty=Empty(
        gettext_lazy("No prices yet"),
        gettext_lazy("List prices hold for everybody; groups and single customers may have their own."),
        icon="credit-card",
        url=reverse_lazy("office:price_new"),
        action=gettext_lazy("Add a price"),
    ),
)


@office_page(VIEW_PRODUCTS)
def prices_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE, may_edit=request.actor.may(EDIT_PRICES))


@office_page(EDIT_PRICES)
def price_new(request: PageRequest) -> HttpResponseBase:
    given = products(request.actor).filter(pk=whole_number(request.GET.get("product"))).first()
    initial = {"product": given.number} if given else {}
    form = NewPriceForm(request.POST or None, actor=request.actor, initial=initial)
    context = {"title": _("New price"), "form": form, "cancel": reverse("office:prices")}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    product = form.cleaned_data.pop("product")
    add_price(product, by=request.actor, **form.cleaned_data)
    return done(request, _where_from(request, product.pk), _("The price was added."))


@office_page(VIEW_PRODUCTS)
def price(request: PageRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(listed_prices(request.actor), pk=pk)
    actor = request.actor
    may_edit = actor.may(EDIT_PRICES) and (row.customer is not None or not actor.only_own_customers)
    form = PriceForm(request.POST or None, price=row, may_edit=may_edit)
    context: dict[str, Any] = {
        "title": row.product.name,
        "form": form,
        "price": row,
        "whose": whose_of(row),
        "may_edit": may_edit,
        "cancel": reverse("office:prices"),
    }
    if request.method != "POST":
        return render(request, FORM, context)
    actor.require(EDIT_PRICES)
    if not form.is_valid():
        return invalid(request, FORM, context)
    seen = form.cleaned_data.pop("seen")
    change_price(row, seen_at=seen, by=actor, **form.cleaned_data)
    return done(request, _where_from(request, row.product_id), _("Saved."))


@office_page(EDIT_PRICES)
@require_POST
def price_removal(request: PageRequest, pk: int) -> HttpResponseBase:
    row = get_object_or_404(listed_prices(request.actor), pk=pk)
    remove_price(row, by=request.actor)
    return done(request, _where_from(request, row.product_id), _("The price was removed."))


@office_page(EDIT_PRICES)
@require_POST
def price_adjustment(request: PageRequest) -> HttpResponseBase:
    """Change the chosen prices by a percentage: asked first, with how many they are."""
    rows = chosen_rows(request, PAGE)
    form = AdjustmentForm(request.POST if "percent" in request.POST else None)
    context = {
        "title": _("Change prices"),
        "form": form,
        "count": rows.count(),
        "ids": request.POST.getlist("ids"),
        "everything": request.POST.get("everything", ""),
        "query": request.POST.get("query", ""),
        "cancel": reverse("office:prices"),
    }
    if not form.is_bound:
        return render(request, ADJUSTMENT, context)
    if not form.is_valid():
        return invalid(request, ADJUSTMENT, context)
    changed = adjust_prices(rows, by=request.actor, **form.cleaned_data)
    words = ngettext("%(n)s price changed.", "%(n)s prices changed.", changed) % {"n": changed}
    return done(request, reverse("office:prices"), words)


def _where_from(request: PageRequest, product: int) -> str:
    """Return the product's page when the dialog was opened over it, else the list."""
    page = reverse("office:product", args=[product])
    return page if page in request.headers.get("HX-Current-URL", "") else reverse("office:prices")


urls = [
    path("prices/", prices_page, name="prices"),
    path("prices/new/", price_new, name="price_new"),
    path("prices/adjustment/", price_adjustment, name="price_adjustment"),
    path("prices/<int:pk>/", price, name="price"),
    path("prices/<int:pk>/removal/", price_removal, name="price_removal"),
]
