"""Columns of units' files, with the words that other systems use for them."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django_countries import countries

from claimdesk.ledger.imports import Column
from claimdesk.ledger.imports.cleaning import day, text
from claimdesk.warranty.serials import LONGEST


def region(value: str) -> str:
    """Clean a country's code of two letters; empty is the dealer's own."""
    code = value.strip().upper()
    if code and code not in countries:
        raise ValueError(f"{value[:40]!r} is no country of ISO 3166")
    return code


def day_or_unknown(value: str) -> date | None:
    """Clean a day; empty is unknown."""
    cleaned: date | None = day(value) if value.strip() else None
    return cleaned


UNIT_COLUMNS = (
    Column(
        "serial",
        _("Serial number"),
        text(LONGEST),
        ("serial number", "serial no", "serial_number", "sn", "seriennummer"),
        True,
    ),
    Column(
        "product",
        _("Product number"),
        text(60),
        ("product_id", "product number", "article number", "model", "sku", "artikelnummer"),
        True,
    ),
    Column(
        "dealer",
        _("Dealer's number"),
        text(40),
        ("customer_id", "dealer number", "customer", "customer number", "account number", "kundennummer"),
    ),
    Column("region", _("Country"), region, ("country", "country code", "land")),
    Column("manufactured_on", _("Made on"), day_or_unknown, ("manufactured", "production date", "built")),
    Column("shipped_on", _("Shipped on"), day_or_unknown, ("shipped", "ship date", "shipment date")),
    Column("invoiced_on", _("Invoiced on"), day_or_unknown, ("invoiced", "invoice date")),
    Column("external_id", _("External id"), text(80), ("erp id",)),
)
