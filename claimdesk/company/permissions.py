"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

EDIT_SETTINGS = declare("company.edit_settings", _("Change the settings"), staff=("administrator",))
