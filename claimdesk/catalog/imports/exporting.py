"""Products and prices as rows, in the columns that their importers take."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from claimdesk.catalog.imports.columns import BETWEEN_CATEGORIES
from claimdesk.catalog.models import Category, Price, Product
from claimdesk.kernel.money import to_decimal
from claimdesk.ledger.imports import Column

CHUNK = 2_000


def exported_products(columns: Sequence[Column]) -> Iterator[list[str]]:
    """Yield each product."""
    rows = Product.objects.order_by("pk").select_related("category__parent__parent")
    for product in rows.iterator(CHUNK):
        yield [_value(product, column.name) for column in columns]


def _value(product: Product, name: str) -> str:
    if name == "category":
        return _path(product.category)
    if name == "withdrawn":
        return "yes" if product.is_withdrawn else "no"
    if name == "tax_rate":
        return f"{product.tax_rate / 100:g}"
    value = getattr(product, name)
    return _plain(value) if isinstance(value, Decimal) else str(value)


def _path(category: Category | None) -> str:
    names: list[str] = []
    while category is not None:
        names.append(category.name)
        category = category.parent
    return BETWEEN_CATEGORIES.join(reversed(names))


def exported_prices() -> Iterator[list[str]]:
    """Yield each price."""
    for price in Price.objects.order_by("pk").select_related("product", "customer").iterator(CHUNK):
        yield [
            price.product.number,
            str(to_decimal(price.amount, price.currency)),
            price.currency,
            str(price.per),
            price.customer.number if price.customer else "",
            price.price_group,
            _plain(price.quantity_from),
            _day(price.starts_on),
            _day(price.ends_on),
            price.external_id,
        ]


def _plain(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
