"""Cells of invoices that the office alone has."""

from django.utils.safestring import SafeString

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Invoice
from claimdesk.web.lists.cells import stacked


def invoice_customer_cell(invoice: Invoice, _actor: Actor) -> SafeString:
    """Show the customer with its number."""
    return stacked(invoice.customer.name, invoice.customer.number)
