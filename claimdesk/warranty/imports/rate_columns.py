"""Columns of parts' and labour's files, with the words that other systems use for them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from claimdesk.catalog.imports.columns import currency, day_or_open
from claimdesk.kernel.money import parse_amount
from claimdesk.ledger.imports import Column, RowRefused
from claimdesk.ledger.imports.cleaning import flag, text

LONGEST_MINUTES = 100_000


def minutes(value: str) -> int | None:
    """Clean minutes of work; empty tells none."""
    if not value.strip():
        return None
    if not value.strip().isdecimal() or int(value) > LONGEST_MINUTES:
        raise ValueError(f"{value[:40]!r} is no number of minutes")
    return int(value)


def amount_of(values: dict[str, Any], name: str, currency: str) -> int | None:
    """Return the amount of a row in minor units, None where it tells none. Raises: RowRefused."""
    if not values.get(name):
        return None
    try:
        amount = parse_amount(values[name], currency)
    except ValueError as problem:
        raise RowRefused(f"{name}: {problem}") from None
    if amount < 0:
        raise RowRefused(f"{name}: is less than nothing")
    return amount


FROM_ON = Column("from_on", _("From day"), day_or_open, ("valid_from", "start", "start date", "gueltig ab"))
CURRENCY = Column("currency", _("Currency"), currency, ("currency code", "waehrung"))
PART_COLUMNS = (
    Column("number", _("Number"), text(60), ("part number", "part_id", "teilenummer"), True),
    Column("name", _("Name"), text(200), ("part name", "description", "bezeichnung")),
    Column("price", _("Price"), text(40), ("unit_price", "amount", "preis")),
    CURRENCY,
    FROM_ON,
    Column("product", _("Product number"), text(60), ("sold as", "artikelnummer")),
    Column("withdrawn", _("Withdrawn"), flag, ("discontinued", "obsolete")),
)
LABOUR_COLUMNS = (
    Column("number", _("Number"), text(60), ("operation", "operation number", "arbeitsposition")),
    Column("name", _("Name"), text(200), ("operation name", "description", "bezeichnung")),
    Column("minutes", _("Minutes"), minutes, ("time", "allowed minutes", "minuten")),
    Column("customer", _("Customer number"), text(40), ("dealer", "customer number", "account number")),
    Column("price_group", _("Price group"), text(40), ("price level", "price list")),
    Column("rate", _("Rate by the hour"), text(40), ("hourly rate", "stundensatz")),
    CURRENCY,
    FROM_ON,
    Column("withdrawn", _("Withdrawn"), flag, ("discontinued", "obsolete")),
)
