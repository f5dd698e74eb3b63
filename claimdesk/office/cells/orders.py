"""Cells of orders."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS
from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order
from claimdesk.orders.queries.processes import state_label
from claimdesk.web.addresses import address_of, page_address
from claimdesk.web.lists.cells import stacked
from claimdesk.web.pieces import badge, icon, money

CLAIM = '<div class="row-actions"><a class="btn btn-sm" href="{}?order={}" data-key="c" aria-label="{}">{}</a></div>'


def order_state(order: Order) -> SafeString:
    """Show where the order stands; that a manager of the customer must approve it goes first."""
    if order.approval == Order.Approval.PENDING:
        return badge("pending", order.get_approval_display())
    return badge(order.state, state_label(order.process, order.state))


def order_state_cell(order: Order, _actor: Actor) -> SafeString:
    """Show where the order stands."""
    return order_state(order)


def order_customer_cell(order: Order, _actor: Actor) -> SafeString:
    """Show the customer with its number."""
    return stacked(order.customer.name, order.customer.number)


def business_unit_cell(order: Order, _actor: Actor) -> SafeString:
    """Show where the goods go: the name of the address, else the town."""
    town = f"{order.ship_to_postcode} {order.ship_to_town}".strip()
    return stacked(order.ship_to_label or town, town if order.ship_to_label else "")


def order_total_cell(order: Order, _actor: Actor) -> SafeString:
    """Show what the order comes to."""
    return format_html("{}", money(order.total, order.currency))


def has_claim_cell(order: Order, _actor: Actor) -> SafeString:
    """Show whether there is a reclamation on the order."""
    return icon("alert-circle", _("has a claim")) if order.has_reclamation else SafeString("")


def claim_cell(order: Order, actor: Actor) -> SafeString:
    """Show the way to claim on the order (R3)."""
    address = page_address("office:reclamation_new") if actor.may(EDIT_RECLAMATIONS) else ""
    if not address:
        return SafeString("")
    words = pgettext("on an order", "Claim")
    label = _("Claim on order %(number)s") % {"number": order.number}
    return format_html(CLAIM, address, order.pk, label, words)


def order_link(order: Order) -> str:
    """Return the address of an order's page."""
    return address_of("office:order", order.pk)
