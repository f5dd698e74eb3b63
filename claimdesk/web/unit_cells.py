"""Cells of units that office and portal share."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.warranty.models import Unit
from claimdesk.web.lists.cells import stacked
from claimdesk.web.pieces import NOTHING, shown


def product_cell(unit: Unit, _actor: Actor) -> SafeString:
    """Show the product with its number."""
    return stacked(unit.product.name, unit.product.number)


def cover_cell(unit: Unit, _actor: Actor) -> SafeString:
    """Show the last day of the base cover, and that it has passed."""
    if unit.cover_ends_on is None:
        return NOTHING
    return stacked(shown(unit.cover_ends_on), _("ended") if unit.cover_ends_on < today() else "")
