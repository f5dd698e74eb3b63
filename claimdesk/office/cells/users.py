"""Cells of User management."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.access.models import Membership
from claimdesk.kernel.actor import Actor
from claimdesk.people.models import User
from claimdesk.web.addresses import address_of
from claimdesk.web.pieces import NOTHING, badge


def customers_cell(user: User, _actor: Actor) -> SafeString:
    """Show the customers whose member the user is (`held`), each with the way there."""
    held: list[Membership] = user.held  # type: ignore[attr-defined]  # prefetched
    if held:
        links = ((address_of("office:customer", m.customer_id), m.customer.name) for m in held)
        return format_html_join(", ", '<a href="{}">{}</a>', links)
    return format_html('<span class="text-secondary">{}</span>', _("staff")) if user.is_staff else NOTHING


def state_cell(user: User, _actor: Actor) -> SafeString:
    """Show whether the user can sign in."""
    if not user.is_active:
        return badge("disabled", _("Disabled"))
    if not user.email_verified_at:
        return format_html('<span class="badge bg-yellow-lt">{}</span>', _("Not verified"))
    return badge("enabled", _("Enabled"))
