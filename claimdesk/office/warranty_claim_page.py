"""One warranty claim with everything at hand: unit, cover, lines, duplicates, the dealer's record, files, history."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from claimdesk.aftersales.claim_process import CLOSED, Who, steps_from
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import (
    APPROVE_WARRANTY_CLAIMS,
    EDIT_WARRANTY_CLAIMS,
    SETTLE_WARRANTY_CLAIMS,
    VIEW_WARRANTY_CLAIMS,
)
from claimdesk.aftersales.queries.claim_review import record_of
from claimdesk.aftersales.queries.rmas import is_inspection_awaited
from claimdesk.aftersales.queries.warranty_claims import alike, earlier_claims_on, entries_of, jobs_of
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.queries.timeline import events_about, timeline
from claimdesk.office.forms.warranty_claims import DecisionForm
from claimdesk.office.rma_panel import rmas_of_claim
from claimdesk.office.timelines import entries_of as shown_entries
from claimdesk.office.warranty_claims import warranty_claim_or_404
from claimdesk.warranty.wording import reason_words, verdict_words
from claimdesk.web.files.panel import files_panel
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.requests import PageRequest

AGENTS: tuple[Who, ...] = ("agent", "approver", "finance")
MOST_EARLIER = 10
WHY_ALIKE = {
    "same_part": gettext_lazy("same unit and part"),
    "same_invoice": gettext_lazy("same invoice number"),
    "same_file": gettext_lazy("same file"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done with a claim: the event of `claim_process`, its button, its page and who may."""

    event: str
    label: Any
    page: str
    icon: str
    permission: str
    key: str = ""
    is_posted: bool = False


DEEDS = (
    Deed("take", gettext_lazy("Take"), "taking", "user-check", EDIT_WARRANTY_CLAIMS, "t", is_posted=True),
    Deed(
        "confirm",
        gettext_lazy("Confirm"),
        "confirmation",
        "circle-check",
        APPROVE_WARRANTY_CLAIMS,
        "y",
        is_posted=True,
    ),
    Deed(
        "send_back",
        pgettext_lazy("to review", "Send back"),
        "return",
        "arrow-back-up",
        APPROVE_WARRANTY_CLAIMS,
        "b",
    ),
    Deed("settle", gettext_lazy("Settle"), "settlement", "credit-card", SETTLE_WARRANTY_CLAIMS, "s"),
    Deed("ask", gettext_lazy("Ask"), "question", "message-circle", EDIT_WARRANTY_CLAIMS, "q"),
    Deed("assign", gettext_lazy("Assign"), "assignment", "user", EDIT_WARRANTY_CLAIMS, "g"),
    Deed("correct", gettext_lazy("Correct"), "correction", "plus", APPROVE_WARRANTY_CLAIMS),
    Deed("mark_duplicate", gettext_lazy("Mark as duplicate"), "duplicate", "copy", EDIT_WARRANTY_CLAIMS),
    Deed("close", pgettext_lazy("a claim", "Close"), "closure", "archive", EDIT_WARRANTY_CLAIMS, "c"),
)
NOT_BY_OWNER = ("decide", "confirm", "correct")


def events_offered(claim: WarrantyClaim, actor: Actor) -> set[str]:
    """Return what `actor` could do with the claim as it is, whether his permissions let him or not (W13).

    Nobody decides his own claim, confirms what he decided himself, or decides again after an appeal (W9, W11).
    """
    events = {step.event for who in AGENTS for step in steps_from(claim.state, who)}
    if claim.state != CLOSED:
        events.add("assign")
    if "settle" in events:
        events.add("correct")
    is_own = actor.id is not None and claim.created_by_id == actor.id
    was_first = actor.id is not None and claim.decided_by_id == actor.id
    barred = {*(NOT_BY_OWNER if is_own else ()), *(("confirm", "send_back") if was_first else ())}
    if was_first and claim.was_appealed:
        barred.add("decide")
    return events - barred


def why_not(claim: WarrantyClaim, actor: Actor, *, awaits_inspection: bool) -> str:
    """Say why `actor` cannot decide now what somebody has to decide; nothing where he can."""
    events = events_offered(claim, actor)
    if claim.state == WarrantyClaim.State.AWAITING_APPROVAL and "confirm" not in events:
        return _("Decided above the limit: a second person has to confirm it.")
    if claim.state != WarrantyClaim.State.IN_REVIEW:
        return ""
    if awaits_inspection:
        return _("The goods are to be inspected before it is decided.")
    if "decide" in events:
        return ""
    if claim.created_by_id == actor.id:
        return _("This claim is your own; a colleague decides it.")
    return _("You decided it before the appeal; somebody else decides now.")


def explained(coverage: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the frozen answer about cover in the reader's words; None where there is none."""
    if not coverage.get("verdict"):
        return None
    sentences = [reason_words(each["code"], each["values"]) for each in coverage.get("reasons", ())]
    return {
        "verdict": coverage["verdict"],
        "words": verdict_words(coverage["verdict"]),
        "sentences": sentences,
    }


def facts_of(claim: WarrantyClaim) -> list[tuple[str, Any]]:
    """Return what is known of a claim, with labels."""
    return [
        (_("Assigned to"), claim.assigned_to.name if claim.assigned_to else ""),
        (_("Submitted"), claim.submitted_at),
        (_("Made by"), claim.created_by_name),
        (_("Invoice number"), claim.invoice_number),
        *([(_("Decided by"), claim.decided_by_name)] if claim.decided_at else []),
        *([(_("Decided"), claim.decided_at)] if claim.decided_at else []),
        *([(_("Closed by"), claim.closed_by_name)] if claim.closed_at else []),
        *([(_("Closed"), claim.closed_at)] if claim.closed_at else []),
    ]


def render_warranty_claim(
    request: PageRequest, claim: WarrantyClaim, *, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    """Return the page of a claim, with the decision's form where it is to be decided."""
    actor, events = request.actor, events_offered(claim, request.actor)
    jobs = jobs_of(claim)
    awaits_inspection = is_inspection_awaited(claim)
    may_decide = "decide" in events and actor.may(EDIT_WARRANTY_CLAIMS) and not awaits_inspection
    context = {
        "title": _("Warranty claim %(number)s") % {"number": claim.number},
        "claim": claim,
        "deeds": [deed for deed in DEEDS if deed.event in events and actor.may(deed.permission)],
        "why_not": why_not(claim, actor, awaits_inspection=awaits_inspection),
        "form": (form or DecisionForm(claim=claim, jobs=jobs)) if may_decide else None,
        "jobs": jobs,
        "panel": files_panel(claim, actor=actor, is_open=claim.state != CLOSED),
        **_beside(claim, actor),
    }
    return render(request, "office/warranty_claims/page.html", context, status=status)


def _beside(claim: WarrantyClaim, actor: Actor) -> dict[str, Any]:
    """What helps to decide: cover, duplicates, the dealer's record, earlier claims, money, history."""
    return {
        "facts": facts_of(claim),
        "cover": explained(claim.coverage),
        "duplicates": [
            {"claim": other, "why": ", ".join(str(WHY_ALIKE[each]) for each in why)}
            for other, why in alike(claim).items()
        ],
        "record": record_of(claim),
        "earlier": list(earlier_claims_on(claim).select_related("customer")[:MOST_EARLIER]),
        "money_entries": list(entries_of(claim)),
        **rmas_of_claim(claim, actor=actor),
        "successors": list(claim.followed_by.exclude(state=WarrantyClaim.State.DRAFT).order_by("pk")),
        "entries": shown_entries(timeline(events_about(claim), with_outcomes=True)),
    }


@office_page(VIEW_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_page(request: PageRequest, pk: int) -> HttpResponse:
    return render_warranty_claim(request, warranty_claim_or_404(request, pk))


urls = [path("warranty-claims/<int:pk>/", warranty_claim_page, name="warranty_claim")]
