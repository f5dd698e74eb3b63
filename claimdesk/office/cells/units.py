"""Cells of units and registrations."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.warranty.models import Registration, Unit
from claimdesk.web.addresses import address_of
from claimdesk.web.lists.cells import stacked
from claimdesk.web.pieces import NOTHING, badge, shown


def dealer_cell(row: Unit | Registration, _actor: Actor) -> SafeString:
    """Show the dealer with its number."""
    return stacked(row.dealer.name, row.dealer.number) if row.dealer else NOTHING


def registration_cell(unit: Unit, _actor: Actor) -> SafeString:
    """Show whether a unit is registered, and on whom."""
    if not unit.is_registered:
        return badge("pending", _("Pending registration"))
    return stacked(shown(unit.delivered_on), unit.owner_name)


def serial_cell(registration: Registration, _actor: Actor) -> SafeString:
    """Show the unit's serial number, which leads to it."""
    address = address_of("office:unit", registration.unit_id)
    return format_html('<a href="{}">{}</a>', address, registration.unit.serial)
