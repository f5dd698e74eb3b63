"""One warranty claim as the account's people see it, and what they do with it: withdraw, appeal, follow up."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.aftersales.actions.warranty_claims.decisions import appeal
from claimdesk.aftersales.actions.warranty_claims.drafts import start_claim, withdraw_claim
from claimdesk.aftersales.claim_process import DECIDED, steps_from
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import MAKE_OWN_WARRANTY_CLAIMS, VIEW_OWN_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.warranty_claims import entries_of, jobs_of, may_appeal
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.queries.timeline import events_about
from claimdesk.portal.timelines import timeline_of
from claimdesk.portal.warranty_claim_drafts import claim_url, edit_url, own_claim
from claimdesk.warranty.wording import reason_words, verdict_words
from claimdesk.web.answers import done, invalid
from claimdesk.web.files.panel import files_panel
from claimdesk.web.gates import portal_page, while_on
from claimdesk.web.pieces import money
from claimdesk.web.requests import PageRequest

LONGEST_TEXT = 4000
PAGE = "portal/warranty_claims/page.html"
State, Closing = WarrantyClaim.State, WarrantyClaim.Closing
# What the account's people read of what happened; what a second person was asked, and who works on it, is staff's.
SHOWN_EVENTS = tuple(
    f"warranty_claim.{deed}"
    for deed in (
        "drafted",
        "submitted",
        "withdrawn",
        "taken",
        "asked",
        "answered",
        "reminded",
        "decided",
        "corrected",
        "appealed",
        "settled",
        "closed",
    )
)


class AppealForm(forms.Form):
    """Why one appeals."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


@portal_page(VIEW_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_page(request: PageRequest, pk: int) -> HttpResponse:
    claim = own_claim(request, pk)
    if claim.state == State.DRAFT and request.actor.may(MAKE_OWN_WARRANTY_CLAIMS):
        return redirect(edit_url(claim))
    return render(request, PAGE, _context(request, claim, AppealForm()))


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_appeal(request: PageRequest, pk: int) -> HttpResponse:
    """Ask once for another look (W11)."""
    claim, form = own_claim(request, pk), AppealForm(request.POST)
    if not form.is_valid():
        return invalid(request, PAGE, _context(request, claim, form))
    appeal(claim, text=form.cleaned_data["text"], by=request.actor)
    return done(request, claim_url(claim), _("Somebody else looks at your claim again."))


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_withdrawal(request: PageRequest, pk: int) -> HttpResponse:
    """Take a claim back before its review begins."""
    claim = own_claim(request, pk)
    withdraw_claim(claim, by=request.actor)
    return done(request, claim_url(claim), _("Your claim is withdrawn."))


@portal_page(MAKE_OWN_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_follow_up(request: PageRequest, pk: int) -> HttpResponse:
    """Begin a draft that takes a closed claim up again (W11)."""
    claim = own_claim(request, pk)
    key = f"follow-{claim.pk}-{request.POST.get('key', '')[:24]}"
    draft = start_claim(claim.customer, key=key, follows=claim, by=request.actor)
    return done(request, edit_url(draft))


def _context(request: PageRequest, claim: WarrantyClaim, form: AppealForm) -> dict[str, Any]:
    is_open = claim.state != State.CLOSED
    return {
        "title": _("Claim %(number)s") % {"number": claim.number} if claim.number else _("Draft"),
        "claim": claim,
        "form": form,
        "key": claim.changed_at.isoformat(),
        "waits": _waits(claim),
        "deeds": _deeds(claim, request.actor),
        "facts": _facts(claim),
        "sums": _sums(claim),
        "jobs": jobs_of(claim),
        "entries_of_money": entries_of(claim),
        "is_decided": _is_decided(claim),
        "coverage": _coverage(claim),
        "panel": files_panel(claim, actor=request.actor, is_open=is_open),
        "entries": timeline_of(events_about(claim).filter(kind__in=SHOWN_EVENTS), seller=request.seller.name),
    }


def _waits(claim: WarrantyClaim) -> str:
    """Say for whom it waits; the words of the model are staff's."""
    return {"us": _("Waiting for us"), "them": _("Waiting for you")}.get(claim.awaited, "")


def _deeds(claim: WarrantyClaim, actor: Actor) -> set[str]:
    """What may be done now, as the table of the process has it (W13)."""
    if not actor.may(MAKE_OWN_WARRANTY_CLAIMS):
        return set()
    deeds = {step.event for step in steps_from(claim.state, "customer")}
    if "appeal" in deeds and not may_appeal(claim):
        deeds.remove("appeal")
    return deeds | ({"follow_up"} if claim.state == State.CLOSED else set())


def _is_decided(claim: WarrantyClaim) -> bool:
    """Whether what is decided about the lines is said: not before a second person has confirmed it."""
    return claim.state in DECIDED or claim.closing in (Closing.SETTLED, Closing.REJECTED)


def _facts(claim: WarrantyClaim) -> list[tuple[str, Any]]:
    return [
        (_("Serial number"), claim.serial),
        (_("Product"), claim.product_name),
        (_("Failure date"), claim.failed_on),
        (_("Invoice number"), claim.invoice_number),
        (_("Submitted"), claim.submitted_at),
        (_("Submitted by"), claim.created_by_name),
    ]


def _sums(claim: WarrantyClaim) -> list[tuple[str, Any]]:
    sums = [(_("Claimed"), money(claim.claimed, claim.currency))]
    if claim.decided_at and (_is_decided(claim) or claim.approved):
        sums.append((_("Approved"), money(claim.approved, claim.currency)))
        sums.append((_("Settled"), money(claim.settled, claim.currency)))
    return sums


def _coverage(claim: WarrantyClaim) -> dict[str, Any]:
    """The answer about cover as it was frozen at submission (W3)."""
    reasons = claim.coverage.get("reasons", [])
    return {
        "verdict": claim.verdict,
        "words": verdict_words(claim.verdict),
        "reasons": [reason_words(each["code"], each["values"]) for each in reasons],
    }


urls = [
    path("warranty-claims/<int:pk>/", warranty_claim_page, name="warranty_claim"),
    path("warranty-claims/<int:pk>/appeal/", warranty_claim_appeal, name="warranty_claim_appeal"),
    path("warranty-claims/<int:pk>/withdrawal/", warranty_claim_withdrawal, name="warranty_claim_withdrawal"),
    path("warranty-claims/<int:pk>/follow-up/", warranty_claim_follow_up, name="warranty_claim_follow_up"),
]
