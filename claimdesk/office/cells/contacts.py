"""Cells of Manage contacts."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.customers.models import Contact
from claimdesk.kernel.actor import Actor
from claimdesk.web.pieces import badge


def enabled_cell(contact: Contact, _actor: Actor) -> SafeString:
    """Show whether a contact is enabled."""
    return badge("enabled", _("Enabled")) if contact.is_enabled else badge("disabled", _("Disabled"))
