"""Columns of files about orders, with the words that other systems use for them."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from claimdesk.customers.imports.columns import CUSTOMER, country
from claimdesk.kernel.money import is_currency
from claimdesk.kernel.quantities import parse_quantity, thousandths
from claimdesk.ledger.imports import Column
from claimdesk.ledger.imports.cleaning import choice, day, flag, long_text, percent, text
from claimdesk.orders.models import Order

MOST_LINES = 100_000


def currency(value: str) -> str:
    """Clean a currency; empty is the seller's or the order's."""
    code = value.strip().upper()
    if code and not is_currency(code):
        raise ValueError(f"{value[:40]!r} is no currency")
    return code


def amount(value: str) -> Decimal | None:
    """Clean an amount of money of at least nothing; how many decimals it may have, its currency says."""
    plain = value.strip().replace("\u00a0", "").replace(" ", "").replace("'", "")
    if not plain:
        return None
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        cleaned = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"{value[:40]!r} is no amount") from None
    if not cleaned.is_finite() or not 0 <= cleaned < Decimal(10) ** 13:
        raise ValueError(f"{value[:40]!r} is no amount of at least 0")
    return cleaned


def quantity(value: str) -> int:
    """Clean a quantity of more than nothing, into thousandths."""
    cleaned = thousandths(parse_quantity(value))
    if cleaned <= 0:
        raise ValueError("must be more than 0")
    return cleaned


def whole(value: str) -> int:
    """Clean the number of a line, or how many a price is for; empty is 0."""
    plain = value.strip()
    if not plain:
        return 0
    if not (plain.isascii() and plain.isdigit()) or not 0 < int(plain) <= MOST_LINES:
        raise ValueError(f"{value[:40]!r} is no whole number from 1 to {MOST_LINES:,}")
    return int(plain)


def day_or_none(value: str) -> date | None:
    """Clean a day that may be missing."""
    return date.fromisoformat(day(value).isoformat()) if value.strip() else None


def quantities_of_lines(value: str) -> dict[int, int]:
    """Clean “1:5; 3:2.5”: of line 1 five, of line 3 two and a half; into thousandths by line. Empty is all."""
    found: dict[int, int] = {}
    for part in filter(str.strip, value.split(";")):
        line, colon, number = part.partition(":")
        if not colon or not whole(line) or whole(line) in found:
            raise ValueError(f"{part.strip()[:40]!r} is no line and quantity as in 1:5")
        found[whole(line)] = quantity(number)
    return found


ORDER = Column(
    "order", _("Order number"), text(40), ("order_id", "order number", "sales order", "auftrag"), True
)
TOTAL = Column("total", _("Total"), amount, ("order total", "grand total", "sum"))
CURRENCY = Column("currency", _("Currency"), currency, ("currency code", "waehrung"))
EXTERNAL_ID = Column("external_id", _("External id"), text(80), ("erp id",))
ORDER_COLUMNS = (
    Column("number", _("Order number"), text(40), ("order_id", "order number", "order", "auftrag"), True),
    CUSTOMER,
    Column("ordered_on", _("Ordered on"), day, ("order_date", "date", "order date"), True),
    CURRENCY,
    TOTAL,
    Column("freight", _("Freight"), amount, ("shipping", "shipping cost", "fracht")),
    Column("status", _("Status"), text(60), ("state", "order status")),
    Column("po_number", _("PO number"), text(60), ("customer_po", "purchase order", "po")),
    Column("placed_by", _("Placed by"), text(120), ("ordered_by", "contact")),
    Column("wished_on", _("Wished date"), day_or_none, ("required_date", "delivery date", "wished date")),
    Column("note", _("Note"), long_text, ("notes", "comment", "remarks")),
    Column(
        "payment_terms",
        _("Payment"),
        choice({"": "on_account"} | {value: value for value in Order.PaymentTerms.values}),
    ),
    Column("ship_to_label", _("Ship to: name"), text(80), ("ship_name", "ship to")),
    Column("ship_to_street", _("Ship to: street"), text(200), ("ship_address", "ship_street")),
    Column("ship_to_postcode", _("Ship to: postcode"), text(20), ("ship_postal_code", "ship_zip")),
    Column("ship_to_town", _("Ship to: town"), text(120), ("ship_city",)),
    Column("ship_to_region", _("Ship to: region"), text(80), ("ship_region", "ship_state")),
    Column("ship_to_country", _("Ship to: country"), country, ("ship_country",)),
    EXTERNAL_ID,
)
LINE_COLUMNS = (
    ORDER,
    Column("line", _("Line"), whole, ("position", "line number", "pos")),
    Column(
        "product",
        _("Product number"),
        text(60),
        ("product_id", "product number", "article number", "sku", "item number", "artikelnummer"),
        True,
    ),
    Column("quantity", _("Quantity"), quantity, ("qty", "amount ordered", "menge"), True),
    Column("unit_price", _("Unit price"), amount, ("price", "unit price", "preis"), True),
    Column("discount", _("Discount in percent"), percent, ("rebate", "discount percent")),
    TOTAL,
    Column("name", _("Product name"), text(200), ("product_name", "description", "bezeichnung")),
    Column("unit", _("Unit"), text(20), ("unit of measure", "uom", "einheit")),
    Column("per", _("For so many"), whole, ("price unit", "preiseinheit")),
    Column("tax_rate", _("Tax rate"), percent, ("tax", "vat", "vat rate", "mwst")),
    EXTERNAL_ID,
)
SHIPMENT_COLUMNS = (
    Column("number", _("Shipment number"), text(40), ("shipment_id", "delivery note", "shipment"), True),
    ORDER,
    Column("carrier", _("Carrier"), text(80), ("ship_via", "shipper", "carrier name")),
    Column("tracking_number", _("Tracking number"), text(80), ("tracking", "tracking no")),
    Column("shipped_on", _("Shipped on"), day, ("shipped_date", "ship date"), True),
    Column("delivered_on", _("Delivered on"), day_or_none, ("delivered_date", "delivery date")),
    Column("lines", _("Lines and quantities (empty: all)"), quantities_of_lines, ("items",)),
    EXTERNAL_ID,
)
INVOICE_COLUMNS = (
    Column(
        "number", _("Invoice number"), text(40), ("invoice_id", "invoice", "invoice number", "order_id"), True
    ),
    CUSTOMER,
    Column("issued_on", _("Issued on"), day, ("date", "invoice_date", "order_date"), True),
    Column("void", _("Void"), flag, ("is_void", "canceled")),
    Column("order", _("Order number"), text(40), ("order number", "sales order")),
    CURRENCY,
    Column("total", _("Total"), amount, ("invoice total", "grand total", "amount")),
    Column("tax", _("Tax"), amount, ("vat", "tax amount")),
    Column("due_on", _("Due on"), day_or_none, ("due", "due date", "due_date")),
    EXTERNAL_ID,
)
PAYMENT_COLUMNS = (
    Column(
        "external_id", _("External id"), text(80), ("payment_id", "transaction id", "payment", "number"), True
    ),
    Column("invoice", _("Invoice number"), text(40), ("invoice_id", "invoice number")),
    Column("order", _("Order number"), text(40), ("order_id", "order number")),
    Column("amount", _("Amount"), amount, ("sum", "total", "betrag"), True),
    Column("paid_on", _("Paid on"), day, ("date", "payment_date", "payment date"), True),
    Column("method", _("Payment method"), text(40), ("payment method", "type")),
    Column("reference", _("Reference"), text(120), ("remittance", "note")),
)
