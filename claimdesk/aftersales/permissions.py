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
VIEW_WARRANTY_CLAIMS = declare(
    "aftersales.view_warranty_claims",
    _("See warranty claims and RMAs"),
    staff=("sales", "service", "finance"),
)
EDIT_WARRANTY_CLAIMS = declare(
    "aftersales.edit_warranty_claims", _("Work on and decide warranty claims"), staff=("service",)
)
APPROVE_WARRANTY_CLAIMS = declare(
    "aftersales.approve_warranty_claims", _("Approve warranty claims above the limit"), staff=("service",)
)
SETTLE_WARRANTY_CLAIMS = declare(
    "aftersales.settle_warranty_claims", _("Settle warranty claims"), staff=("service", "finance")
)
EDIT_RMAS = declare("aftersales.edit_rmas", _("Issue, receive and inspect RMAs"), staff=("service",))
VIEW_OWN_WARRANTY_CLAIMS = declare(
    "aftersales.view_own_warranty_claims",
    _("See the account's warranty claims and RMAs"),
    customers=("viewer", "buyer", "service", "manager"),
)
MAKE_OWN_WARRANTY_CLAIMS = declare(
    "aftersales.make_own_warranty_claims",
    _("Make warranty claims for the account"),
    customers=("service", "manager"),
)
