"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

VIEW_PRODUCTS = declare(
    "catalog.view_products", _("See products and prices"), staff=("sales", "service", "finance")
)
EDIT_PRODUCTS = declare("catalog.edit_products", _("Make, edit and withdraw products"), staff=("sales",))
EDIT_PRICES = declare("catalog.edit_prices", _("Edit prices"), staff=("sales",))
IMPORT_CATALOG = declare("catalog.import", _("Import products and prices"), staff=("sales",))
SHOP = declare("catalog.shop", _("See the shop"), customers=("viewer", "buyer", "service", "manager"))
