"""Cells of reclamations."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.aftersales.models import Reclamation
from claimdesk.kernel.actor import Actor
from claimdesk.web.addresses import address_of
from claimdesk.web.lists.cells import stacked
from claimdesk.web.pieces import badge


def reclamation_state_cell(reclamation: Reclamation, _actor: Actor) -> SafeString:
    """Show Open or Closed, and the mark beneath; the mark is no state (O19)."""
    state = badge(reclamation.state, reclamation.get_state_display())
    return stacked(state, _("marked as refunded") if reclamation.refunded_at else "")


def order_cell(reclamation: Reclamation, _actor: Actor) -> SafeString:
    """Show the order's number, and the customer's own beneath."""
    number = format_html('<span class="text-nowrap">{}</span>', reclamation.order.number)
    return stacked(number, reclamation.order.po_number)


def customer_cell(reclamation: Reclamation, _actor: Actor) -> SafeString:
    """Show the customer with its number."""
    return stacked(reclamation.customer.name, reclamation.customer.number)


def view_cell(reclamation: Reclamation, _actor: Actor) -> SafeString:
    """Show the way to the reclamation."""
    html = '<div class="row-actions"><a class="btn btn-sm" href="{}" data-key="v">{}</a></div>'
    return format_html(html, address_of("office:reclamation", reclamation.pk), _("View"))
