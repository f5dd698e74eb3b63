"""Claims of both kinds at one address: those on units in four views, those on orders in their own list (W6, W15)."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import (
    MAKE_OWN_WARRANTY_CLAIMS,
    VIEW_OWN_RECLAMATIONS,
    VIEW_OWN_WARRANTY_CLAIMS,
)
from claimdesk.aftersales.queries.claim_lists import View, claims_in_view, counts_by_view, search_claims
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.money import to_decimal
from claimdesk.portal import reclamations
from claimdesk.portal.warranty_claim_drafts import claim_url, edit_url
from claimdesk.web.gates import portal_page, while_on
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.lists.cells import stacked, state_cell
from claimdesk.web.pieces import age, badge, money
from claimdesk.web.requests import PageRequest

PRESETS = (
    Preset(gettext_lazy("Active"), ""),
    Preset(gettext_lazy("Draft"), "show=draft"),
    Preset(gettext_lazy("Closed"), "show=closed"),
    Preset(gettext_lazy("All"), "show=all"),
)


def _counts(actor: Actor) -> dict[str, int]:
    counts = counts_by_view(actor)
    return {"": counts["active"]} | {f"show={view}": counts[view] for view in ("draft", "closed", "all")}


def _url(claim: WarrantyClaim) -> str:
    return edit_url(claim) if claim.state == WarrantyClaim.State.DRAFT else claim_url(claim)


def _unit_cell(claim: WarrantyClaim, _actor: Actor) -> SafeString:
    return stacked(claim.serial or "–", claim.product_name or claim.complaint)


def _state_cell(claim: WarrantyClaim, actor: Actor) -> SafeString:
    return badge(claim.closing, claim.get_closing_display()) if claim.closing else state_cell(claim, actor)


def _awaited_cell(claim: WarrantyClaim, _actor: Actor) -> SafeString:
    words = {"us": _("Waiting for us"), "them": _("Waiting for you")}.get(claim.awaited, "–")
    return stacked(words, _("for %(age)s") % {"age": age(claim.awaited_since_at)})


def _deed_cell(claim: WarrantyClaim, actor: Actor) -> SafeString:
    is_draft = claim.state == WarrantyClaim.State.DRAFT and actor.may(MAKE_OWN_WARRANTY_CLAIMS)
    html = '<div class="row-actions"><a class="btn btn-sm" href="{}">{}</a></div>'
    return format_html(html, _url(claim), _("Continue") if is_draft else _("View"))


def _sum(name: str, label: Any) -> Column:
    """A column of money: shown in the reader's writing, exported as a number of the currency."""
    return Column(
        name,
        label,
        value=lambda claim: money(getattr(claim, name), claim.currency),
        export=lambda claim: to_decimal(getattr(claim, name), claim.currency),
        numeric=True,
    )


NUMBER = Column("number", gettext_lazy("Number"), value=str, sort="id", heading=True, link=_url)
UNIT = Column("serial", gettext_lazy("Serial number"), cell=_unit_cell)
PRODUCT = Column("product", gettext_lazy("Product"), value="product_name", shown=False)
COMPLAINT = Column("complaint", gettext_lazy("Complaint"), shown=False)
FAILED = Column("failed_on", gettext_lazy("Failure date"))
STATE = Column("state", gettext_lazy("State"), value="get_state_display", cell=_state_cell, export="state")
CLOSING = Column("closing", gettext_lazy("Ended"), value="get_closing_display", cell=_state_cell)
AWAITED = Column("awaited", gettext_lazy("Waiting"), value="get_awaited_display", cell=_awaited_cell)
CHANGED = Column("changed", gettext_lazy("Changed"), value="changed_at", sort="changed_at")
SUBMITTED = Column("submitted", gettext_lazy("Submitted"), value="submitted_at")
CLOSED = Column("closed", gettext_lazy("Closed"), value="closed_at")
SAVED_BY = Column("saved_by", gettext_lazy("Saved by"), value="draft_saved_by_name")
CURRENCY = Column("currency", gettext_lazy("Currency"), shown=False)
DEED = Column("view", gettext_lazy("Actions"), value="pk", cell=_deed_cell, exported=False)
CLAIMED, APPROVED = _sum("claimed", gettext_lazy("Claimed")), _sum("approved", gettext_lazy("Approved"))
SETTLED = _sum("settled", gettext_lazy("Settled"))

COLUMNS: dict[View, tuple[Column, ...]] = {
    "active": (NUMBER, UNIT, PRODUCT, COMPLAINT, STATE, AWAITED, CLAIMED, CURRENCY, CHANGED, DEED),
    "draft": (NUMBER, UNIT, COMPLAINT, FAILED, CLAIMED, CURRENCY, SAVED_BY, CHANGED, DEED),
    "closed": (NUMBER, UNIT, PRODUCT, CLOSING, CLAIMED, APPROVED, SETTLED, CURRENCY, CLOSED, CHANGED, DEED),
    "all": (NUMBER, UNIT, PRODUCT, COMPLAINT, STATE, CLAIMED, APPROVED, CURRENCY, SUBMITTED, CHANGED, DEED),
}


def _page(view: View) -> ListPage:
    return ListPage(
        name=f"portal_warranty_claims_{view}",
        title=pgettext_lazy("on orders", "Claims"),
        rows=lambda actor: claims_in_view(actor, view),
        columns=COLUMNS[view],
        sort="-changed",
        search=search_claims,
        search_hint=gettext_lazy("Number, serial number or invoice"),
        presets=PRESETS,
        counts=_counts,
        empty=Empty(
            gettext_lazy("No claims"),
            gettext_lazy("When a unit fails under warranty, its claim stands here."),
            icon="shield-check",
        ),
        row_url=_url,
        template="portal/warranty_claims/list.html",
        kept=("show",),
        layout="web/portal.html",
    )


PAGES: dict[str, ListPage] = {view: _page(view) for view in COLUMNS}


@portal_page(VIEW_OWN_WARRANTY_CLAIMS)
@while_on("claims_on")
def claims(request: PageRequest) -> HttpResponseBase:
    kinds = _kinds(request)
    if not kinds:
        raise Http404
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else kinds[0]
    tabs = [_tab(each, kind) for each in kinds] if len(kinds) > 1 else []
    may_begin = "units" in kinds and request.actor.may(MAKE_OWN_WARRANTY_CLAIMS)
    if kind == "orders":
        return render_list(request, reclamations.PAGE, kinds=tabs, may_begin=may_begin)
    page = PAGES.get(request.GET.get("show", ""), PAGES["active"])
    return render_list(request, page, kinds=tabs, may_begin=may_begin)


def _kinds(request: PageRequest) -> list[str]:
    """Return the kinds of claims that the seller has switched on and the actor may see."""
    offered = {
        "units": request.seller.warranty_claims_on and request.actor.may(VIEW_OWN_WARRANTY_CLAIMS),
        "orders": request.seller.reclamations_on and request.actor.may(VIEW_OWN_RECLAMATIONS),
    }
    return [kind for kind, is_offered in offered.items() if is_offered]


def _tab(kind: str, current: str) -> dict[str, Any]:
    labels = {"units": _("Warranty claims"), "orders": _("Claims on orders")}
    url = reverse("portal:claims") + ("" if kind == "units" else f"?kind={kind}")
    return {"label": labels[kind], "url": url, "current": kind == current}


urls = [path("claims/", claims, name="claims")]
