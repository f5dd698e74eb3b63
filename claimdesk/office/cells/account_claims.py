"""Cells of Claims."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.kernel import dates
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.percent import percent
from claimdesk.web.addresses import address_of
from claimdesk.web.lists.cells import stacked
from claimdesk.web.pieces import age, badge, icon

METER = (
    '<span class="meter"><meter min="0" max="100" low="50" high="90" optimum="100" value="{}" aria-hidden="true">'
    '</meter><span class="meter-number">{}</span></span>'
)
# The buttons belong to one form below the list, which carries the token: without script they post by it.
DEED = (
    '<button class="btn btn-sm" form="row-deeds" formaction="{url}" hx-post="{url}" hx-swap="none" data-key="{key}"'
    ' title="{word}">{icon}<span class="visually-hidden">{word}</span></button>'
)
NAMED_DECISIONS = (
    AccountClaim.Decision.OTHER_CUSTOMER,
    AccountClaim.Decision.NEW_CUSTOMER,
    AccountClaim.Decision.SETTLED,
)


def claimant_cell(claim: AccountClaim, _actor: Actor) -> SafeString:
    """Show who asks."""
    return stacked(claim.user.username, claim.user.email)


def organization_cell(claim: AccountClaim, _actor: Actor) -> SafeString:
    """Show the customer, and what was typed where it differs."""
    below, typed = claim.customer.number, claim.requested.get("organization")
    if typed and typed != claim.customer.name:
        below += " · " + _("typed “%(typed)s”") % {"typed": typed}
    return stacked(claim.customer.name, below)


def match_cell(claim: AccountClaim, _actor: Actor | None = None) -> SafeString:
    """Show how sure the matcher is, and what to beware of."""
    hundredths = round(claim.probability * 100)
    meter = format_html(METER, hundredths, percent(hundredths))
    words = (
        _("proved") if claim.is_proved else "",
        _("several alike") if claim.is_ambiguous else "",
        _("stale") if claim.is_stale else "",
    )
    said = " · ".join(word for word in words if word)
    below = format_html("<small>{}</small>", said) if said else ""
    return format_html('<span class="stacked">{}{}</span>', meter, below)


def state_cell(claim: AccountClaim, _actor: Actor) -> SafeString:
    """Show the state, whom it waits for, or how it was decided and by whom."""
    state = badge(claim.state, AccountClaim.State(claim.state).label)
    if claim.is_pending:
        is_asked = claim.awaiting == AccountClaim.Awaiting.APPLICANT
        return stacked(state, _("asked, no answer yet") if is_asked else "")
    how = f"{claim.get_decision_display()} · " if claim.decision in NAMED_DECISIONS else ""
    return stacked(state, f"{how}{claim.decided_by_name}")


def age_cell(claim: AccountClaim, _actor: Actor) -> SafeString:
    """Show since when it waits; the instant on demand."""
    at = claim.created_at
    html = '<time datetime="{}" title="{}">{}</time>'
    return format_html(html, at.isoformat(), dates.instant(at), age(at))


def actions_cell(claim: AccountClaim, actor: Actor) -> SafeString:
    """Show the way to the claim, and what `actor` can do with it at once."""
    deeds: tuple[SafeString, ...] = ()
    if actor.may(DECIDE_ACCOUNT_CLAIMS) and claim.is_pending:
        deeds = (
            _deed(claim, "office:account_claim_approval", "a", "check", _("Approve")),
            _deed(claim, "office:account_claim_denial", "d", "ban", _("Deny")),
        )
    elif actor.may(DECIDE_ACCOUNT_CLAIMS) and claim.is_undoable:
        deeds = (_deed(claim, "office:account_claim_reversal", "u", "arrow-back-up", _("Undo")),)
    view = '<a class="btn btn-sm" href="{}" data-dialog data-key="v">{}</a>'
    return format_html(
        '<div class="row-actions">{}{}</div>',
        format_html(view, address_of("office:account_claim", claim.pk), _("View")),
        format_html('<span class="row-deeds">{}</span>', SafeString("".join(deeds))) if deeds else "",
    )


def _deed(claim: AccountClaim, url_name: str, key: str, icon_name: str, word: str) -> SafeString:
    return format_html(DEED, url=address_of(url_name, claim.pk), key=key, word=word, icon=icon(icon_name))
