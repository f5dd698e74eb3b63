"""Products: the list, one's page, new, edit, withdraw and put on sale again (O4)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.catalog.actions.products import (
    change_product,
    create_product,
    restore_product,
    withdraw_product,
)
from claimdesk.catalog.models import Category, Product
from claimdesk.catalog.permissions import EDIT_PRICES, EDIT_PRODUCTS, VIEW_PRODUCTS
from claimdesk.catalog.queries.pictures import with_first_picture
from claimdesk.catalog.queries.prices import prices
from claimdesk.catalog.queries.products import below, categories, listed_products, products, with_price
from claimdesk.catalog.search import find_products
from claimdesk.catalog.wording import percent_words, quantity_words
from claimdesk.kernel.money import to_decimal
from claimdesk.ledger.queries.timeline import events_about, timeline
from claimdesk.office.cells.products import (
    list_price_cell,
    name_cell,
    price_words,
    stock_cell,
    valid_words,
    whose_of,
)
from claimdesk.office.forms.products import ProductForm
from claimdesk.office.timelines import entries_of
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.requests import PageRequest

MOST_SHOWN = 30


def product_url(product: Product) -> str:
    """Return the address of a product's page."""
    return address_of("office:product", product.pk)


def plain_list_price(product: Product) -> str:
    """Return what one costs everybody as files carry it: 12.50, or 1.25 / 100."""
    held = product.list_price  # type: ignore[attr-defined]  # the query annotates it
    if not held:
        return ""
    amount = str(to_decimal(held["amount"], held["currency"]))
    return amount if held["per"] == 1 else f"{amount} / {held['per']}"


class ProductFilters(django_filters.FilterSet):
    """Filters of Products."""

    status = django_filters.ChoiceFilter(
        method="being_sold",
        choices=[("on_sale", gettext_lazy("On sale")), ("withdrawn", gettext_lazy("Withdrawn"))],
        label=gettext_lazy("Status"),
        empty_label=gettext_lazy("All"),
    )
    category = django_filters.ModelChoiceFilter(
        method="standing_in",
        queryset=lambda request: categories(request.actor),
        label=gettext_lazy("Category"),
        empty_label=gettext_lazy("All"),
    )
    stock = django_filters.ChoiceFilter(
        choices=Product.Stock.choices, label=gettext_lazy("Stock"), empty_label=gettext_lazy("All")
    )
    price = django_filters.ChoiceFilter(
        method="having_price",
        choices=[("yes", gettext_lazy("With")), ("no", gettext_lazy("Without"))],
        label=gettext_lazy("Price"),
        empty_label=gettext_lazy("All"),
    )

    def being_sold(self, rows: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        return rows.filter(withdrawn_at__isnull=value == "on_sale")

    def standing_in(self, rows: QuerySet[Product], name: str, value: Category) -> QuerySet[Product]:
        return rows.filter(below(value))

    def having_price(self, rows: QuerySet[Product], name: str, value: str) -> QuerySet[Product]:
        return with_price(rows, value == "yes")


PAGE = ListPage(
    name="products",
    title=gettext_lazy("Products"),
    rows=lambda actor: with_first_picture(listed_products(actor)),
    columns=(
        Column("number", gettext_lazy("Number"), sort="number_folded"),
        Column("name", gettext_lazy("Name"), sort="name_folded", cell=name_cell, heading=True),
        Column("category", gettext_lazy("Category"), value="category.name"),
        Column(
            "list_price",
            gettext_lazy("List price"),
            cell=list_price_cell,
            export=plain_list_price,
            numeric=True,
        ),
        Column("unit", gettext_lazy("Unit")),
        Column("stock", gettext_lazy("Stock"), cell=stock_cell, export="get_stock_display"),
        Column("ean", gettext_lazy("EAN"), shown=False),
        Column(
            "tax_rate",
            gettext_lazy("Tax rate"),
            value=lambda product: percent_words(product.tax_rate),
            shown=False,
            numeric=True,
        ),
        Column("withdrawn", gettext_lazy("Withdrawn"), value="withdrawn_at", shown=False),
        Column("created", gettext_lazy("Created"), value="created_at", sort="created_at", shown=False),
    ),
    sort="name",
    filters=ProductFilters,
    search=find_products,
    search_hint=gettext_lazy("Number, name, description or EAN"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("On sale"), "status=on_sale"),
        Preset(gettext_lazy("Withdrawn"), "status=withdrawn"),
    ),
    row_url=product_url,
    template="office/products/list.html",
    empty=Empty(
        gettext_lazy("No products yet"),
        gettext_lazy("They come by import or by hand; prices have a list of their own."),
        icon="package",
        url=reverse_lazy("office:product_new"),
        action=gettext_lazy("New product"),
    ),
)


@office_page(VIEW_PRODUCTS)
def products_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE, may_edit=request.actor.may(EDIT_PRODUCTS))


@office_page(VIEW_PRODUCTS)
def product_page(request: PageRequest, pk: int) -> HttpResponseBase:
    rows = products(request.actor).select_related("category__parent__parent")
    return render(request, "office/products/page.html", _context(request, get_object_or_404(rows, pk=pk)))


def _context(request: PageRequest, product: Product) -> dict[str, Any]:
    actor = request.actor
    held = prices(actor).filter(product=product).select_related("customer")
    events = events_about(product)
    if actor.only_own_customers:
        events = events.filter(customer_id=None)
    lines = list(
        held.order_by("customer", "price_group", "currency", "quantity_from", "pk")[: MOST_SHOWN + 1]
    )
    return {
        "title": product.name,
        "product": product,
        "stock": stock_cell(product, actor),
        "facts": facts_of(product),
        "pictures": product.pictures.all(),
        "prices": [
            {
                "row": row,
                "words": price_words(row.amount, row.currency, row.per),
                "whose": whose_of(row),
                "valid": valid_words(row),
            }
            for row in lines[:MOST_SHOWN]
        ],
        "has_more_prices": len(lines) > MOST_SHOWN,
        "may_edit": actor.may(EDIT_PRODUCTS),
        "may_price": actor.may(EDIT_PRICES),
        "entries": entries_of(timeline(events, limit=MOST_SHOWN)),
    }


def facts_of(product: Product) -> list[tuple[str, Any]]:
    """Return the fields of a product with their labels."""
    return [
        (_("Number"), product.number),
        (_("EAN"), product.ean),
        (_("Category"), product.category.name if product.category else ""),
        (_("Unit"), product.unit),
        (_("Sold in steps of"), quantity_words(product.quantity_step)),
        (_("Least quantity"), quantity_words(product.quantity_minimum)),
        (_("Tax rate"), percent_words(product.tax_rate)),
        (_("External id"), product.external_id),
    ]


@office_page(EDIT_PRODUCTS)
def product_new(request: PageRequest) -> HttpResponseBase:
    form = ProductForm(request.POST or None, actor=request.actor)
    context = {"title": _("New product"), "form": form, "cancel": reverse("office:products")}
    if request.method != "POST":
        return render(request, "office/products/form.html", context)
    if not form.is_valid():
        return invalid(request, "office/products/form.html", context)
    form.cleaned_data.pop("seen")
    product = create_product(by=request.actor, **form.cleaned_data)
    return done(request, product_url(product), _("%s was made.") % product.name)


@office_page(EDIT_PRODUCTS)
def product_edit(request: PageRequest, pk: int) -> HttpResponseBase:
    product = get_object_or_404(products(request.actor), pk=pk)
    form = ProductForm(request.POST or None, actor=request.actor, product=product)
    context = {
        "title": _("Edit product"),
        "form": form,
        "product": product,
        "cancel": product_url(product),
    }
    if request.method != "POST":
        return render(request, "office/products/form.html", context)
    if not form.is_valid():
        return invalid(request, "office/products/form.html", context)
    seen = form.cleaned_data.pop("seen")
    change_product(product, seen_at=seen, by=request.actor, **form.cleaned_data)
    return done(request, product_url(product), _("Saved."))


@office_page(EDIT_PRODUCTS)
@require_POST
def product_withdrawal(request: PageRequest, pk: int) -> HttpResponseBase:
    product = withdraw_product(get_object_or_404(products(request.actor), pk=pk), by=request.actor)
    undo = reverse("office:product_restoration", args=[product.pk])
    return done(request, product_url(product), _("%s is withdrawn.") % product.name, undo=undo)


@office_page(EDIT_PRODUCTS)
@require_POST
def product_restoration(request: PageRequest, pk: int) -> HttpResponseBase:
    product = restore_product(get_object_or_404(products(request.actor), pk=pk), by=request.actor)
    return done(request, product_url(product), _("%s is on sale again.") % product.name)


urls = [
    path("products/", products_page, name="products"),
    path("products/new/", product_new, name="product_new"),
    path("products/<int:pk>/", product_page, name="product"),
    path("products/<int:pk>/edit/", product_edit, name="product_edit"),
    path("products/<int:pk>/withdrawal/", product_withdrawal, name="product_withdrawal"),
    path("products/<int:pk>/restoration/", product_restoration, name="product_restoration"),
]
