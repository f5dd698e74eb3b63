"""Cells of Manage customers."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.web.addresses import address_of
from claimdesk.web.pieces import badge

CONTROL = '<a class="state-control" href="{}" data-dialog aria-label="{}">{}</a>'


def status_cell(customer: Customer, _actor: Actor) -> SafeString:
    """Show the status; its text is itself the control (A60)."""
    status = Customer.Status(customer.state).label
    label = _("%(status)s: change the status of %(name)s") % {"status": status, "name": customer.name}
    url = address_of("office:customer_status", customer.pk)
    return format_html(CONTROL, url, label, badge(customer.state, status))
