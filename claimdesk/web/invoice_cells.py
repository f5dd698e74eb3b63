"""Cells of invoices that office and portal share."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Invoice
from claimdesk.web.pieces import badge, money
from claimdesk.web.words import standing_name


def standing_cell(invoice: Any, _actor: Actor) -> SafeString:
    """Show whether the invoice is open, overdue, paid or void."""
    return badge(invoice.standing, standing_name(invoice.standing))


def total_cell(invoice: Invoice, _actor: Actor) -> SafeString:
    """Show what the invoice comes to."""
    return format_html("{}", money(invoice.total, invoice.currency))


def open_cell(invoice: Invoice, _actor: Actor) -> SafeString:
    """Show what is still to be paid."""
    return format_html("{}", money(invoice.open_amount, invoice.currency) if invoice.open_amount else "–")
