"""Cells of warranty claims."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import EDIT_WARRANTY_CLAIMS
from claimdesk.kernel import dates
from claimdesk.kernel.actor import Actor
from claimdesk.warranty.wording import verdict_words
from claimdesk.web.addresses import address_of
from claimdesk.web.lists.cells import stacked
from claimdesk.web.pieces import NOTHING, age, badge, icon, money

# The button belongs to one form below the list, which carries the token: without script it posts by it.
TAKE = (
    '<span class="row-deeds"><button class="btn btn-sm" form="row-deeds" formaction="{url}" hx-post="{url}"'
    ' hx-swap="none" data-key="t" title="{word}">{icon}<span class="visually-hidden">{word}</span></button></span>'
)


def claim_customer_cell(claim: WarrantyClaim, _actor: Actor) -> SafeString:
    """Show the customer with its number."""
    return stacked(claim.customer.name, claim.customer.number)


def unit_cell(claim: WarrantyClaim, _actor: Actor) -> SafeString:
    """Show the serial number as it was typed, and the product."""
    return stacked(claim.serial, claim.product_name)


def verdict_cell(claim: WarrantyClaim, _actor: Actor) -> SafeString:
    """Show what was said about cover when the claim was submitted."""
    return badge(claim.verdict, verdict_words(claim.verdict)) if claim.verdict else NOTHING


def claim_state_cell(claim: WarrantyClaim, _actor: Actor) -> SafeString:
    """Show the state, and whom it waits for or how it was closed."""
    state = badge(claim.state, claim.get_state_display())
    below = claim.get_closing_display() if claim.closing else claim.get_awaited_display()
    return stacked(state, below)


def waiting_cell(claim: WarrantyClaim, _actor: Actor) -> SafeString:
    """Show since when it waits; the instant on demand."""
    if claim.state == WarrantyClaim.State.CLOSED:
        return NOTHING
    at = claim.awaited_since_at
    html = '<time datetime="{}" title="{}">{}</time>'
    return format_html(html, at.isoformat(), dates.instant(at), age(at))


def sums_cell(claim: WarrantyClaim, _actor: Actor) -> SafeString:
    """Show what is claimed, and what is approved of it."""
    approved = (
        _("%(sum)s approved") % {"sum": money(claim.approved, claim.currency)} if claim.approved else ""
    )
    return stacked(money(claim.claimed, claim.currency), approved)


def claim_actions_cell(claim: WarrantyClaim, actor: Actor) -> SafeString:
    """Show the way to the claim, and taking it where it waits for somebody."""
    take: SafeString | str = ""
    if claim.state == WarrantyClaim.State.SUBMITTED and actor.may(EDIT_WARRANTY_CLAIMS):
        url = address_of("office:warranty_claim_taking", claim.pk)
        take = format_html(TAKE, url=url, word=_("Take"), icon=icon("user-check"))
    html = '<div class="row-actions"><a class="btn btn-sm" href="{}" data-key="v">{}</a>{}</div>'
    return format_html(html, address_of("office:warranty_claim", claim.pk), _("View"), take)
