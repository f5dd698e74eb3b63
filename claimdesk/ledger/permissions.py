"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

VIEW_JOBS = declare("ledger.view_jobs", _("See everybody's jobs"), staff=("administrator",))
RETRY_WORK = declare("ledger.retry_work", _("Have given-up work tried again"), staff=("administrator",))
