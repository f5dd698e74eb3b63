"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

VIEW_USERS = declare("people.view_users", _("See users"), staff=("sales", "service", "finance"))
EDIT_USERS = declare("people.edit_users", _("Make, edit and disable users"), staff=("sales",))
EDIT_STAFF = declare("people.edit_staff", _("Make staff and change their roles"), staff=("administrator",))
VIEW_AUDIT_LOG = declare("people.view_audit_log", _("Read the audit log"), staff=("administrator",))
