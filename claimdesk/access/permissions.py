"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

VIEW_ACCOUNT_CLAIMS = declare(
    "access.view_account_claims", _("See account claims"), staff=("sales", "service")
)
VIEW_REPORTS = declare("access.view_reports", _("See reports"), staff=("sales",))
DECIDE_ACCOUNT_CLAIMS = declare("access.decide_account_claims", _("Decide account claims"), staff=("sales",))
EDIT_MEMBERSHIPS = declare("access.edit_memberships", _("Link users to customers"), staff=("sales",))
EXPLAIN_ACCESS = declare("access.explain_access", _("Explain access"), staff=("sales", "service", "finance"))
ACT_FOR_CUSTOMERS = declare("access.act_for_customers", _("Act for a customer"), staff=("sales",))
VIEW_ACCOUNT = declare(
    "access.view_account", _("See the account"), customers=("viewer", "buyer", "service", "manager")
)
MANAGE_TEAM = declare("access.manage_team", _("Manage the account's team"), customers=("manager",))
