"""Columns of products' and prices' files, with the words that other systems use for them."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from claimdesk.catalog.models import Product
from claimdesk.catalog.queries.products import DEEPEST
from claimdesk.kernel.money import is_currency
from claimdesk.kernel.quantities import parse_quantity
from claimdesk.ledger.imports import Column
from claimdesk.ledger.imports.cleaning import choice, day, flag, long_text, percent, text

BETWEEN_CATEGORIES = " > "
_LONGEST_CATEGORY = 120
_stock_word = choice({value: value for value in Product.Stock.values} | {"": Product.Stock.IN_STOCK.value})


def category_path(value: str) -> tuple[str, ...]:
    """Clean a category: its name, or the names from the top down with “>” between."""
    names = tuple(text(_LONGEST_CATEGORY)(name) for name in value.split(BETWEEN_CATEGORIES) if name.strip())
    if len(names) > DEEPEST:
        raise ValueError(f"categories stand at most {DEEPEST} deep in each other")
    return names


def stock(value: str) -> str:
    """Clean the stock: one of our words, or how many there are."""
    try:
        there = Decimal(value.strip().replace(",", "."))
    except ArithmeticError:
        return str(_stock_word(value))
    return Product.Stock.IN_STOCK.value if there > 0 else Product.Stock.OUT.value


def quantity(value: str) -> Decimal:
    """Clean a quantity of at least nothing."""
    cleaned = parse_quantity(value or "0")
    if cleaned < 0:
        raise ValueError(f"{value[:40]!r} is less than nothing")
    return cleaned


def quantity_of_goods(value: str) -> Decimal:
    """Clean a quantity of more than nothing; empty is one."""
    cleaned = quantity(value or "1")
    if not cleaned:
        raise ValueError("must be more than 0")
    return cleaned


def per(value: str) -> int:
    """Clean for how many a price is meant; empty is one."""
    cleaned = quantity_of_goods(value)
    if cleaned != int(cleaned):
        raise ValueError(f"{value[:40]!r} is no whole number")
    return int(cleaned)


def currency(value: str) -> str:
    """Clean a currency; empty is the seller's."""
    code = value.strip().upper()
    if code and not is_currency(code):
        raise ValueError(f"{value[:40]!r} is no currency")
    return code


def day_or_open(value: str) -> date | None:
    """Clean a day; empty is open."""
    cleaned: date | None = day(value) if value.strip() else None
    return cleaned


PRODUCT_COLUMNS = (
    Column(
        "number",
        _("Number"),
        text(60),
        ("product_id", "product number", "article number", "sku", "item number", "artikelnummer"),
        True,
    ),
    Column("name", _("Name"), text(200), ("product_name", "title", "bezeichnung", "article name"), True),
    Column("description", _("Description"), long_text, ("long text", "text", "beschreibung")),
    Column("category", _("Category"), category_path, ("category_name", "product group", "warengruppe")),
    Column("unit", _("Unit"), text(20), ("unit of measure", "uom", "einheit")),
    Column("quantity_step", _("Sold in steps of"), quantity_of_goods, ("step", "packing unit", "multiple")),
    Column("quantity_minimum", _("Least quantity"), quantity_of_goods, ("minimum", "minimum quantity")),
    Column("tax_rate", _("Tax rate"), percent, ("tax", "vat", "vat rate", "mwst")),
    Column("stock", _("Stock"), stock, ("units_in_stock", "stock level", "available", "bestand")),
    Column("stock_words", _("Words about the stock"), text(80), ("availability",)),
    Column("ean", _("EAN"), text(20), ("gtin", "barcode", "upc")),
    Column("withdrawn", _("Withdrawn"), flag, ("discontinued", "is_discontinued", "obsolete")),
    Column("external_id", _("External id"), text(80), ("erp id",)),
)
PRICE_COLUMNS = (
    Column(
        "product",
        _("Product number"),
        text(60),
        ("product_id", "product number", "article number", "sku", "item number", "number"),
        True,
    ),
    Column("amount", _("Price"), text(40), ("unit_price", "price", "list price", "preis"), True),
    Column("currency", _("Currency"), currency, ("currency code", "waehrung")),
    Column("per", _("For so many"), per, ("price unit", "preiseinheit")),
    Column("customer", _("Customer number"), text(40), ("customer_id", "customer number", "account number")),
    Column("price_group", _("Price group"), text(40), ("price level", "price list")),
    Column("quantity_from", _("From quantity"), quantity, ("from", "minimum quantity", "break", "ab menge")),
    Column("starts_on", _("From day"), day_or_open, ("valid_from", "start", "start date")),
    Column("ends_on", _("Until day"), day_or_open, ("valid_until", "valid to", "end", "end date")),
    Column("external_id", _("External id"), text(80), ("erp id", "price id")),
)
