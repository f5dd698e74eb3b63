"""How history reads what it keeps as codes."""

from django.utils.translation import gettext_lazy as _

from claimdesk.aftersales.models import Reclamation, ReclamationLine

FIELDS = {"cause": _("Cause"), "wish": _("Wish"), "note": _("Note"), "lines": _("Quantities")}
WISHES = {wish.value: wish.label for wish in Reclamation.Wish}
OUTCOMES = {outcome.value: outcome.label for outcome in ReclamationLine.Outcome}
