"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

VIEW_SENT_MAIL = declare("conversations.view_sent_mail", _("Read sent mail"), staff=("administrator",))
SCAN_FILES = declare("conversations.scan_files", _("Let files pass the virus scanner"))
