"""How history reads what it keeps as codes."""

from django.utils.translation import gettext_lazy as _

from claimdesk.aftersales.models import Reclamation, ReclamationLine

FIELDS = {"cause": _("Cause"), "wish": _("Wish"), "note": _("Note"), "lines": _("Quantities")}
WISHES = {wish.value: wish.label for wish in Reclamation.Wish}
OUTCOMES = {outcome.value: outcome.label for outcome in ReclamationLine.Outcome}
CHECKS = {
    "serial": _("Serial number"),
    "failed_on": _("Failure date"),
    "failed_in_future": _("The failure date is not in the future"),
    "complaint": _("Complaint"),
    "quantities": _("Every line has a quantity, labour its time"),
    "invoice": _("Invoice number"),
    "photo": _("A photo"),
    "causal_part": _("Causal part"),
    "explanation": _("Time above the standard is explained"),
    "in_time": _("Claimed in time"),
}
LIKENESSES = {
    "same_part": _("same unit and causal part"),
    "same_invoice": _("same invoice number"),
    "same_file": _("same file"),
}
