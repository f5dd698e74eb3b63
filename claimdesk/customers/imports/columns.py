"""Columns of customers' files, with the words that other systems use for them."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from claimdesk.customers.matching.fields import country as country_code
from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.text import has_markup
from claimdesk.ledger.imports import Column
from claimdesk.ledger.imports.cleaning import choice, email, flag, long_text, percent, text, word_list


def country(value: str) -> str:
    """Clean a country: a code of two or three letters, or the English name."""
    if not value.strip():
        return ""
    code = country_code(value)
    if not code:
        raise ValueError(f"{value[:40]!r} is no country")
    return code


def person_text(most: int) -> Callable[[str], str]:
    """Return what cleans a person's name or title: forms refuse markup and web addresses in them, files too."""
    clean = text(most)

    def cleaned(value: str) -> str:
        value = clean(value)
        if has_markup(value):
            raise ValueError("there are no web addresses and no < or > in a name")
        return value

    return cleaned


def website(value: str) -> str:
    """Clean a web address; what it links to is http or https, nothing else."""
    value = text(200)(value)
    scheme, colon, _rest = value.partition("://")
    if colon and scheme.casefold() not in ("http", "https"):
        raise ValueError(f"{value[:40]!r} is no web address")
    return value


NUMBER = Column(
    "number",
    _("Number"),
    text(40),
    ("customer_id", "customer number", "account number", "kundennummer"),
    True,
)
CUSTOMER = Column(
    "customer", _("Customer number"), text(40), ("customer_id", "customer number", "account number"), True
)
ADDRESS_COLUMNS = (
    Column("street", _("Street"), text(200), ("address", "address1", "street1", "strasse")),
    Column("postcode", _("Postcode"), text(20), ("zip", "zip code", "postal_code", "plz")),
    Column("town", _("Town"), text(120), ("city", "ort")),
    Column("region", _("Region"), text(80), ("state", "province", "county")),
    Column("country", _("Country"), country, ("country_code", "land")),
)
CUSTOMER_COLUMNS = (
    NUMBER,
    Column("name", _("Name"), text(200), ("company_name", "company", "organization", "firma"), True),
    Column(
        "status",
        _("Status"),
        choice({value: value for value in Customer.Status.values}),
        ("customer status",),
    ),
    Column("email", _("E-mail"), email, ("e-mail", "mail", "email address")),
    Column(
        "kind",
        _("Kind"),
        choice({"": "business", "business": "business", "individual": "individual"}),
        ("type",),
    ),
    Column("phone", _("Phone"), text(60), ("telephone", "phone number", "telefon")),
    Column("website", _("Website"), website, ("web", "homepage", "url")),
    Column("tax_number", _("Tax number"), text(40), ("vat", "vat number", "tax id", "ust-id")),
    *ADDRESS_COLUMNS,
    Column("terms", _("Payment terms"), text(80), ("payment terms", "terms code")),
    Column("price_group", _("Price group"), text(40), ("price level", "price list")),
    Column("groups", _("Groups"), word_list, ("customer groups", "group")),
    Column("representative", _("Representative"), text(120), ("rep", "rep code", "salesperson")),
    Column("discount", _("Discount in percent"), percent, ("rebate",)),
    Column("language", _("Language"), text(10), ("locale",)),
    Column("currency", _("Currency"), text(3), ("currency code",)),
    Column("notes", _("Notes"), long_text, ("note", "comment", "remarks")),
    Column("external_id", _("External id"), text(80), ("erp id",)),
    Column("erp_number", _("Number in the ERP"), text(40), ("erp number",)),
    Column("erp_name", _("Name in the ERP"), text(200), ("erp name",)),
)
KINDS_OF_ADDRESS = choice({"": "shipping", **{value: value for value in Address.Kind.values}})
ADDRESSES_COLUMNS = (
    CUSTOMER,
    Column("kind", _("Kind"), KINDS_OF_ADDRESS, ("address type", "type")),
    Column("label", _("Label"), text(80), ("address name", "ship to", "name")),
    *ADDRESS_COLUMNS,
    Column("is_default", _("Default"), flag, ("default",)),
)
CONTACT_COLUMNS = (
    CUSTOMER,
    Column("name", _("Name"), person_text(120), ("contact_name", "full name", "contact"), True),
    Column("email", _("E-mail"), email, ("e-mail", "mail", "email address")),
    Column("phone", _("Phone"), text(60), ("telephone", "phone number")),
    Column("title", _("Title"), person_text(80), ("contact_title", "job title", "position")),
    Column("enabled", _("Enabled"), flag, ("is_enabled", "active")),
)
