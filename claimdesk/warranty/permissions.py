"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

VIEW_UNITS = declare("warranty.view_units", _("See units and registrations"), staff=("sales", "service"))
EDIT_UNITS = declare("warranty.edit_units", _("Make, assign, replace and register units"), staff=("service",))
# Like orders and products, units come from the ERP by the same people.
IMPORT_UNITS = declare("warranty.import_units", _("Import units"), staff=("sales",))
EDIT_POLICIES = declare(
    "warranty.edit_policies", _("Edit warranty policies, parts and labour"), staff=("administrator",)
)
VIEW_OWN_UNITS = declare(
    "warranty.view_own_units",
    _("See the account's units"),
    customers=("viewer", "buyer", "service", "manager"),
)
REGISTER_OWN_UNITS = declare(
    "warranty.register_own_units",
    _("Register and hand on the account's units"),
    customers=("service", "manager"),
)
