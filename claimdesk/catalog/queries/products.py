"""Products and categories, as far as the actor may see them."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from claimdesk.catalog.models import Category, Price, Product
from claimdesk.catalog.permissions import SHOP, VIEW_PRODUCTS
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.text import fold, fold_number

DEEPEST = 3


def products(actor: Actor) -> QuerySet[Product]:
    """Return the products that `actor` may see: staff all, customers what is sold on a shelf that is shown."""
    if actor.kind == "system" or _is_at_the_office(actor):
        return Product.objects.all()
    if not actor.may(SHOP):
        return Product.objects.none()
    return Product.objects.filter(_is_shown("category"), withdrawn_at=None)


def listed_products(actor: Actor) -> QuerySet[Product]:
    """Return the products of a list, with category and `list_price`: amount, currency and per of what one costs."""
    held = Price.objects.filter(
        Q(starts_on=None) | Q(starts_on__lte=today()),
        Q(ends_on=None) | Q(ends_on__gte=today()),
        product=OuterRef("pk"),
        customer=None,
        price_group="",
        quantity_from__lte=1,
        currency=company().currency,
    )
    json = JSONObject(amount="amount", currency="currency", per="per")
    list_price = Subquery(held.order_by("amount", "pk").values(json=json)[:1])
    return products(actor).select_related("category").annotate(list_price=list_price)


def with_price(rows: QuerySet[Product], has_price: bool) -> QuerySet[Product]:
    """Narrow to products that have any price at all, or none."""
    priced = Exists(Price.objects.filter(product=OuterRef("pk")))
    return rows.filter(priced) if has_price else rows.exclude(priced)


def category_choices(actor: Actor) -> list[tuple[int, str]]:
    """Return the categories by their names from the top down: “Fixings › Screws”."""
    names = {row.pk: _path(row) for row in categories(actor).select_related("parent__parent")}
    return sorted(names.items(), key=lambda item: item[1].casefold())


def _path(category: Category) -> str:
    names = [category.name]
    while category.parent is not None:
        category = category.parent
        names.append(category.name)
    return " › ".join(reversed(names))


def categories(actor: Actor) -> QuerySet[Category]:
    """Return the categories that `actor` may see, as they stand in the shop: by position, then by name."""
    rows = Category.objects.order_by("position", "name", "pk")
    if actor.kind == "system" or _is_at_the_office(actor):
        return rows
    return rows.filter(_is_shown("")) if actor.may(SHOP) else rows.none()


def categories_with_counts(actor: Actor) -> QuerySet[Category]:
    """Return the categories with `sold`, how many products not withdrawn stand in each itself."""
    sold = Count("products", filter=Q(products__withdrawn_at=None))
    return categories(actor).select_related("parent").annotate(sold=sold)


def below(category: Category) -> Q:
    """Return the condition that a product stands in `category` or in one below it."""
    shelves = Category.objects.filter(Q(pk=category.pk) | Q(parent=category) | Q(parent__parent=category))
    return Q(category__in=shelves)


def products_by_number(rows: QuerySet[Product], numbers: Iterable[str]) -> dict[str, Product]:
    """Return for each number, as somebody typed it, which of `rows` is meant; unknown ones are left out.

    Without case; where that finds none, without dots, dashes and blanks, unless several would be meant; then by EAN.
    Two queries at most.
    """
    wanted = {number: fold(number) for number in numbers}
    exact = {row.number_folded: row for row in rows.filter(number_folded__in=set(wanted.values()))}
    found = {number: exact[folded] for number, folded in wanted.items() if folded in exact}
    rest = {number: fold_number(number) for number in wanted.keys() - found.keys()}
    keys = {key for key in rest.values() if key}
    if not keys:
        return found
    alike: dict[str, list[Product]] = {key: [] for key in keys}
    for row in rows.filter(Q(number_plain__in=keys) | Q(ean__in=keys)):
        for key in {row.number_plain, row.ean} & keys:
            alike[key].append(row)
    found |= {number: alike[key][0] for number, key in rest.items() if key and len(alike[key]) == 1}
    return found


def _is_at_the_office(actor: Actor) -> bool:
    return actor.is_staff and not actor.is_acting and actor.may(VIEW_PRODUCTS)


def _is_shown(category: str) -> Q:
    """Return the condition that a category, and each one above it, is shown; without one there is nothing to hide."""
    condition = Q()
    for depth in range(DEEPEST):
        steps = [*([category] if category else []), *["parent"] * depth]
        if not steps:
            condition &= Q(is_shown=True)
            continue
        path = "__".join(steps)
        condition &= Q(**{path: None}) | Q(**{f"{path}__is_shown": True})
    return condition
