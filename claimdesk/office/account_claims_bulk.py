"""Deciding many account claims: a dry run that says what would happen to each, then the deed (A55)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from claimdesk.access.actions.account_claims_bulk import Result, approve_account_claims, deny_account_claims
from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.kernel.refused import Refused
from claimdesk.office.account_claims import PAGE
from claimdesk.office.forms.account_claims import DecisionForm
from claimdesk.web.gates import office_page
from claimdesk.web.lists import chosen_rows
from claimdesk.web.requests import PageRequest

MOST_AT_ONCE = 200


def _chosen(request: PageRequest) -> list[AccountClaim]:
    """Return the chosen claims, few enough for one transaction and for one person's eyes."""
    claims = list(chosen_rows(request, PAGE)[: MOST_AT_ONCE + 1])
    if not claims:
        raise Refused("nothing_chosen", _("Choose at least one claim."))
    if len(claims) > MOST_AT_ONCE:
        raise Refused("too_many", _("Decide %(n)s claims at once at most.") % {"n": MOST_AT_ONCE})
    return claims


def _render(request: PageRequest, results: list[Result], **context: Any) -> HttpResponse:
    done = [result for result in results if result.is_done]
    context |= {
        "results": results,
        "done": len(done),
        "skipped": len(results) - len(done),
        "back": reverse("office:account_claims"),
    }
    return render(request, "office/account_claims/bulk.html", context)


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def approvals_preview(request: PageRequest) -> HttpResponse:
    results = approve_account_claims(_chosen(request), is_dry_run=True, by=request.actor)
    return _render(
        request,
        results,
        title=_("Approve claims: dry run"),
        is_dry_run=True,
        outcome=_("would be approved"),
        action=reverse("office:account_claim_approvals"),
        button=_("Approve"),
        form=DecisionForm(actor=request.actor),
    )


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def denials_preview(request: PageRequest) -> HttpResponse:
    results = deny_account_claims(_chosen(request), is_dry_run=True, by=request.actor)
    return _render(
        request,
        results,
        title=_("Deny claims: dry run"),
        is_dry_run=True,
        is_denial=True,
        outcome=_("would be denied"),
        action=reverse("office:account_claim_denials"),
        button=_("Deny"),
        form=DecisionForm(actor=request.actor),
    )


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def approvals(request: PageRequest) -> HttpResponse:
    note = request.POST.get("note", "")
    results = approve_account_claims(_chosen(request), note=note, by=request.actor)
    n = sum(result.is_done for result in results)
    title = ngettext("%(n)s claim approved", "%(n)s claims approved", n) % {"n": n}
    return _render(request, results, title=title, outcome=_("approved"))


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def denials(request: PageRequest) -> HttpResponse:
    note, words = request.POST.get("note", ""), request.POST.get("words", "")
    results = deny_account_claims(_chosen(request), note=note, words=words, by=request.actor)
    n = sum(result.is_done for result in results)
    title = ngettext("%(n)s claim denied", "%(n)s claims denied", n) % {"n": n}
    return _render(request, results, title=title, outcome=_("denied"))


urls = [
    path("account-claims/approvals/preview/", approvals_preview, name="account_claim_approvals_preview"),
    path("account-claims/approvals/", approvals, name="account_claim_approvals"),
    path("account-claims/denials/preview/", denials_preview, name="account_claim_denials_preview"),
    path("account-claims/denials/", denials, name="account_claim_denials"),
]
