"""What can be allowed in this room, and who has it by default."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.permissions import declare

VIEW_RECLAMATIONS = declare(
    "aftersales.view_reclamations", _("See reclamations"), staff=("sales", "service", "finance")
)
EDIT_RECLAMATIONS = declare(
    "aftersales.edit_reclamations", _("Open and work on reclamations"), staff=("sales", "service")
)
MARK_REFUNDED = declare(
    "aftersales.mark_refunded",
    _("Mark reclamations as refunded"),
    staff=("sales", "service", "finance"),
)
VIEW_RECLAMATION_REPORT = declare(
    "aftersales.view_reclamation_report", _("See reports on reclamations"), staff=("sales", "service")
)
VIEW_OWN_RECLAMATIONS = declare(
    "aftersales.view_own_reclamations",
    _("See the account's claims"),
    customers=("viewer", "buyer", "service", "manager"),
)
OPEN_OWN_RECLAMATIONS = declare(
    "aftersales.open_own_reclamations", _("Claim on the account's orders"), customers=("service", "manager")
)
