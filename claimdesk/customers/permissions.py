"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

VIEW_CUSTOMERS = declare(
    "customers.view_customers", _("See customers"), staff=("sales", "service", "finance")
)
EDIT_CUSTOMERS = declare("customers.edit_customers", _("Make and edit customers"), staff=("sales",))
CHANGE_STATUS = declare("customers.change_status", _("Change the status of customers"), staff=("sales",))
MERGE_CUSTOMERS = declare("customers.merge_customers", _("Merge duplicates"), staff=("sales",))
IMPORT_CUSTOMERS = declare("customers.import", _("Import customers"), staff=("sales",))
EDIT_PROFILE = declare("customers.edit_profile", _("Edit the account's profile"), customers=("manager",))
