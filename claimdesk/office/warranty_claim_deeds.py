"""Working on a warranty claim: each deed one POST to one address; the actions say no where it has moved meanwhile."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from claimdesk.aftersales.actions.warranty_claims.decisions import (
    confirm_decision,
    correct_decision,
    decide_claim,
    send_back,
)
from claimdesk.aftersales.actions.warranty_claims.review import (
    ask_about_claim,
    assign_claim,
    close_claim,
    mark_duplicate,
    take_claim,
)
from claimdesk.aftersales.actions.warranty_claims.settlements import settle_claim
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import (
    APPROVE_WARRANTY_CLAIMS,
    EDIT_WARRANTY_CLAIMS,
    SETTLE_WARRANTY_CLAIMS,
)
from claimdesk.aftersales.queries.warranty_claims import jobs_of
from claimdesk.office.forms.warranty_claims import (
    AssignmentForm,
    CorrectionForm,
    DecisionForm,
    DuplicateForm,
    QuestionForm,
    ReasonForm,
    SendingBackForm,
    SettlementForm,
)
from claimdesk.office.warranty_claim_page import render_warranty_claim
from claimdesk.office.warranty_claims import warranty_claim_or_404, warranty_claim_url
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.pieces import money
from claimdesk.web.requests import PageRequest

FORM = "office/warranty_claims/deed.html"


def _asked(
    request: PageRequest, claim: WarrantyClaim, form: Any, title: str, button: str, **more: Any
) -> HttpResponse | None:
    """Return the form's page, or None where it is filled in well."""
    context = {"title": title, "claim": claim, "form": form, "button": button, **more}
    context["cancel"] = warranty_claim_url(claim)
    if request.method != "POST":
        return render(request, FORM, context)
    return None if form.is_valid() else invalid(request, FORM, context)


def _data(request: PageRequest) -> Any:
    return request.POST if request.method == "POST" else None


@office_page(EDIT_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_taking(request: PageRequest, pk: int) -> HttpResponse:
    claim = take_claim(warranty_claim_or_404(request, pk), by=request.actor)
    return done(request, warranty_claim_url(claim), _("%(number)s is yours.") % {"number": claim.number})


@office_page(EDIT_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_assignment(request: PageRequest, pk: int) -> HttpResponse:
    claim = warranty_claim_or_404(request, pk)
    form = AssignmentForm(_data(request), now_with=claim.assigned_to_id)
    title = _("Assign %(number)s") % {"number": claim.number}
    if answer := _asked(request, claim, form, title, _("Assign")):
        return answer
    assign_claim(claim, agent=form.chosen, by=request.actor)
    message = _("%(number)s is with %(name)s now.") % {"number": claim.number, "name": form.chosen.name}
    return done(request, warranty_claim_url(claim), message)


@office_page(EDIT_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_question(request: PageRequest, pk: int) -> HttpResponse:
    claim, form = warranty_claim_or_404(request, pk), QuestionForm(_data(request))
    title = _("Ask about %(number)s") % {"number": claim.number}
    if answer := _asked(request, claim, form, title, _("Send question")):
        return answer
    ask_about_claim(claim, text=form.cleaned_data["text"], by=request.actor)
    return done(
        request, warranty_claim_url(claim), _("Asked. The clock stands still until the answer is here.")
    )


@office_page(EDIT_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_decision(request: PageRequest, pk: int) -> HttpResponse:
    """Decide about every line, as the form says."""
    claim = warranty_claim_or_404(request, pk)
    if claim.state != WarrantyClaim.State.IN_REVIEW:
        raise claim.refuse_move(WarrantyClaim.State.APPROVED)
    form = DecisionForm(request.POST, claim=claim, jobs=jobs_of(claim))
    if not form.is_valid():
        return render_warranty_claim(request, claim, form=form, status=422)
    decide_claim(claim, decisions=form.decisions, is_accepted=form.is_accepted, by=request.actor)
    words = {"number": claim.number, "state": claim.get_state_display()}
    return done(request, warranty_claim_url(claim), _("%(number)s: %(state)s.") % words)


@office_page(APPROVE_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
@require_POST
def warranty_claim_confirmation(request: PageRequest, pk: int) -> HttpResponse:
    claim = confirm_decision(warranty_claim_or_404(request, pk), by=request.actor)
    words = {"number": claim.number, "state": claim.get_state_display()}
    return done(request, warranty_claim_url(claim), _("%(number)s: %(state)s.") % words)


@office_page(APPROVE_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_return(request: PageRequest, pk: int) -> HttpResponse:
    claim, form = warranty_claim_or_404(request, pk), SendingBackForm(_data(request))
    title = _("Send %(number)s back to review") % {"number": claim.number}
    if answer := _asked(request, claim, form, title, pgettext("to review", "Send back")):
        return answer
    send_back(claim, text=form.cleaned_data["text"], by=request.actor)
    return done(request, warranty_claim_url(claim), _("It is in review again."))


@office_page(APPROVE_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_correction(request: PageRequest, pk: int) -> HttpResponse:
    claim = warranty_claim_or_404(request, pk)
    form = CorrectionForm(_data(request), claim=claim)
    title = _("Correct what is approved of %(number)s") % {"number": claim.number}
    warning = _("What was decided stays to be read; this adds an entry.")
    if answer := _asked(request, claim, form, title, _("Correct"), warning=warning):
        return answer
    values = form.cleaned_data
    fields = {"amount": values["amount"], "text": values["text"], "key": values["key"]}
    correct_decision(claim, **fields, by=request.actor)
    approved = _("%(sum)s is approved now.") % {"sum": money(claim.approved, claim.currency)}
    return done(request, warranty_claim_url(claim), approved)


@office_page(SETTLE_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_settlement(request: PageRequest, pk: int) -> HttpResponse:
    claim = warranty_claim_or_404(request, pk)
    form = SettlementForm(_data(request), claim=claim)
    title = _("Settle %(number)s") % {"number": claim.number}
    warning = _("This closes the claim, for good.")
    if answer := _asked(request, claim, form, title, _("Settle"), warning=warning):
        return answer
    values = form.cleaned_data
    fields = {name: values[name] for name in ("method", "amount", "reference", "key")}
    settle_claim(claim, **fields, by=request.actor)
    return done(request, warranty_claim_url(claim), _("Settled."))


@office_page(EDIT_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_duplicate(request: PageRequest, pk: int) -> HttpResponse:
    claim = warranty_claim_or_404(request, pk)
    initial = {"other": request.GET.get("of", "")}
    form = DuplicateForm(_data(request), claim=claim, actor=request.actor, initial=initial)
    title = _("%(number)s is the same as another claim") % {"number": claim.number}
    if answer := _asked(request, claim, form, title, _("Close as duplicate")):
        return answer
    mark_duplicate(claim, other=form.cleaned_data["other"], by=request.actor)
    return done(request, warranty_claim_url(claim), _("Closed as a duplicate."))


@office_page(EDIT_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claim_closure(request: PageRequest, pk: int) -> HttpResponse:
    claim, form = warranty_claim_or_404(request, pk), ReasonForm(_data(request))
    title = _("Close %(number)s") % {"number": claim.number}
    warning = _("Closed is final; a follow-up claim can take it up again.")
    if answer := _asked(request, claim, form, title, _("Close for good"), warning=warning):
        return answer
    close_claim(claim, reason=form.cleaned_data["reason"], by=request.actor)
    return done(request, warranty_claim_url(claim), _("Closed."))


DEEDS = {
    "taking": warranty_claim_taking,
    "assignment": warranty_claim_assignment,
    "question": warranty_claim_question,
    "decision": warranty_claim_decision,
    "confirmation": warranty_claim_confirmation,
    "return": warranty_claim_return,
    "correction": warranty_claim_correction,
    "settlement": warranty_claim_settlement,
    "duplicate": warranty_claim_duplicate,
    "closure": warranty_claim_closure,
}
urls = [
    path(f"warranty-claims/<int:pk>/{noun}/", view, name=f"warranty_claim_{noun}")
    for noun, view in DEEDS.items()
]
