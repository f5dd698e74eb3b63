"""How codes and figures of the catalogue are read."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.kernel.percent import percent

FIELDS = {
    "number": gettext_lazy("Number"),
    "name": gettext_lazy("Name"),
    "description": gettext_lazy("Description"),
    "category": gettext_lazy("Category"),
    "unit": gettext_lazy("Unit"),
    "quantity_step": gettext_lazy("Sold in steps of"),
    "quantity_minimum": gettext_lazy("Least quantity"),
    "tax_rate": gettext_lazy("Tax rate"),
    "stock": gettext_lazy("Stock"),
    "stock_words": gettext_lazy("Words about the stock"),
    "ean": gettext_lazy("EAN"),
    "parent": gettext_lazy("Stands in"),
    "position": gettext_lazy("Position"),
    "is_shown": gettext_lazy("Shown in the shop"),
    "currency": gettext_lazy("Currency"),
    "customer": gettext_lazy("Customer"),
    "price_group": gettext_lazy("Price group"),
    "quantity_from": gettext_lazy("From quantity"),
    "amount": gettext_lazy("Price"),
    "per": gettext_lazy("For so many"),
    "starts_on": gettext_lazy("From day"),
    "ends_on": gettext_lazy("Until day"),
}
WHOSE = {
    "list": gettext_lazy("list price"),
    "group": gettext_lazy("price group"),
    "customer": gettext_lazy("own price"),
}


def quantity_words(quantity: Decimal) -> str:
    """Return a quantity as the reader's language writes it, without zeros that say nothing: “2.5”, “1.200”."""
    return number_format(f"{quantity.normalize():f}", use_l10n=True, force_grouping=True)


def percent_words(basis_points: int) -> str:
    """Return basis points as per cent: 250 is “2.5%”."""
    return percent(quantity_words(Decimal(basis_points) / 100))


def price_reason(reason: Mapping[str, str | int]) -> str:
    """Return in the reader's language why a price is what it is: “price group B, from 10, less 5 %” (O7)."""
    parts = [_whose(reason)]
    if "quantity_from" in reason:
        quantity = quantity_words(Decimal(reason["quantity_from"]))
        parts.append(_("from %(quantity)s") % {"quantity": quantity})
    if "ends_on" in reason:
        day = date_format(date.fromisoformat(str(reason["ends_on"])), "SHORT_DATE_FORMAT")
        parts.append(_("until %(day)s") % {"day": day})
    if "discount" in reason:
        parts.append(_("less %(percent)s") % {"percent": percent_words(int(reason["discount"]))})
    return ", ".join(parts)


def _whose(reason: Mapping[str, str | int]) -> str:
    if reason.get("whose") == "customer":
        return _("own price")
    if reason.get("whose") == "group":
        return _("price group %(group)s") % {"group": reason.get("group", "")}
    if reason.get("whose") == "replacement":
        return _("replacement, free of charge")
    return _("list price")
