"""The shop: categories, search, products with the account's prices; one product's page (O4)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claimdesk.catalog.models import Category, Product
from claimdesk.catalog.permissions import SHOP
from claimdesk.catalog.queries.pictures import with_first_picture
from claimdesk.catalog.queries.prices import price_steps
from claimdesk.catalog.queries.products import below, categories, products
from claimdesk.catalog.search import find_products
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import today
from claimdesk.portal.goods import customer_in_hand, goods, price_words
from claimdesk.portal.ordering import may_order, why_not
from claimdesk.web.gates import portal_page
from claimdesk.web.lists import Column, ListPage
from claimdesk.web.lists.found import find, page_of
from claimdesk.web.lists.state import State
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

AT_ONCE = 24


class ShopFilters(django_filters.FilterSet):
    """A category, with all that stand in it."""

    category = django_filters.CharFilter(method="in_category")

    def in_category(self, rows: QuerySet[Product], _name: str, key: str) -> QuerySet[Product]:
        return rows.filter(below(Category(pk=whole_number(key))))


# Declared as a list for its search, filters and paging; the page itself shows goods, not rows.
PAGE = ListPage(
    name="shop",
    title=gettext_lazy("Shop"),
    rows=lambda actor: with_first_picture(products(actor)),
    columns=(Column("name", gettext_lazy("Name"), sort="name_folded", heading=True),),
    sort="name",
    filters=ShopFilters,
    search=find_products,
    layout="web/portal.html",
    size=AT_ONCE,
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category in the list of them."""

    name: str
    url: str
    depth: int
    is_current: bool


@portal_page(SHOP)
@require_GET
def shop(request: PageRequest) -> HttpResponse:
    state = State.of(request, PAGE)
    found = find(state)
    slice_ = page_of(state, found)
    customer = customer_in_hand(request)
    context: dict[str, Any] = {
        "title": _("Shop"),
        "search": state.search,
        "is_narrowed": state.is_narrowed,
        "count": found.count,
        "is_capped": found.is_capped,
        "goods": goods(request, customer, slice_.rows),
        "back": state.url(after=state.parameters.get("after"), before=state.parameters.get("before")),
        "previous": state.url(before=slice_.before) if slice_.before else "",
        "next": state.url(after=slice_.after) if slice_.after else "",
        "price_words": price_words(request.seller),
        "may_order": may_order(request.actor, customer),
        "why_not": why_not(request.actor, customer),
        **_shelves(request),
    }
    return render(request, "portal/shop/page.html", context)


@portal_page(SHOP)
@require_GET
def product(request: PageRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(with_first_picture(products(request.actor)).select_related("category"), pk=pk)
    customer = customer_in_hand(request)
    context = {
        "title": row.name,
        "good": goods(request, customer, [row])[0],
        "breaks": _breaks(request, customer, row),
        "back": request.path,
        "price_words": price_words(request.seller),
        "may_order": may_order(request.actor, customer),
        "why_not": why_not(request.actor, customer),
    }
    return render(request, "portal/shop/product.html", context)


def _breaks(request: PageRequest, customer: Customer, row: Product) -> list[tuple[Decimal, int]]:
    """Return from which quantities on it costs what, where quantity makes a difference."""
    steps = price_steps(
        customer,
        row,
        currency=request.seller.currency,
        on=today(request.seller.time_zone),
        actor=request.actor,
    )
    found = [(quantity, offer.amount(Decimal(offer.per))) for quantity, offer in steps]
    return found if len(found) > 1 else []


def _shelves(request: PageRequest) -> dict[str, Any]:
    """Return the categories to choose from: the first ones, and what stands in the one chosen and around it."""
    by_parent: dict[int | None, list[Category]] = {}
    by_key: dict[int, Category] = {}
    for each in categories(request.actor):
        by_parent.setdefault(each.parent_id, []).append(each)
        by_key[each.pk] = each
    chosen = by_key.get(whole_number(request.GET.get("category")))
    opened: set[int | None] = {None}
    above = chosen
    while above is not None:
        opened.add(above.pk)
        above = by_key.get(above.parent_id or 0)
    shelves: list[Shelf] = [Shelf(_("All products"), reverse("portal:shop"), 0, chosen is None)]

    def stand(parent: int | None, depth: int) -> None:
        for each in by_parent.get(parent, []) if parent in opened else []:
            url = f"{reverse('portal:shop')}?category={each.pk}"
            shelves.append(Shelf(each.name, url, depth, each is chosen))
            stand(each.pk, depth + 1)

    stand(None, 0)
    return {"shelf": chosen, "shelves": shelves if len(shelves) > 1 else []}


urls = [
    path("shop/", shop, name="shop"),
    path("shop/<int:pk>/", product, name="product"),
]
