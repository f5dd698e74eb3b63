"""How history reads what it keeps as codes."""

from django.utils.translation import gettext_lazy as _

from claimdesk.customers.models import Address, Customer

FIELDS = {
    "kind": _("Type"),
    "number": _("Number"),
    "name": _("Name"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "website": _("Website"),
    "tax_number": _("Tax number"),
    "terms": _("Payment terms"),
    "price_group": _("Price group"),
    "discount": _("Discount in %"),
    "language": _("Language"),
    "currency": _("Currency"),
    "representative": _("Representative"),
    "notes": _("Notes"),
    "groups": _("Groups"),
    "title": _("Title"),
    "label": _("Label"),
    "street": _("Street"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "region": _("Region"),
    "country": _("Country"),
    "is_default": _("Default"),
}
ADDRESS_KINDS = dict(Address.Kind.choices)
STATUSES = dict(Customer.Status.choices)
ERP_WISHES = dict(Customer.ErpWish.choices)
