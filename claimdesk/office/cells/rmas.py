"""Cells of RMAs."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.aftersales.models import Rma
from claimdesk.kernel.actor import Actor
from claimdesk.web.addresses import address_of
from claimdesk.web.lists.cells import stacked


def customer_cell(rma: Rma, _actor: Actor) -> SafeString:
    """Show the customer with its number."""
    return stacked(rma.customer.name, rma.customer.number)


def view_cell(rma: Rma, _actor: Actor) -> SafeString:
    """Show the way to the RMA."""
    html = '<div class="row-actions"><a class="btn btn-sm" href="{}" data-key="v">{}</a></div>'
    return format_html(html, address_of("office:rma", rma.pk), _("View"))
