"""Deciding one account claim: each deed one POST to one address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.access.actions.account_claim_checklist import tick_checklist, untick_checklist
from claimdesk.access.actions.account_claim_questions import ask_claimant
from claimdesk.access.actions.account_claims import (
    approve_account_claim,
    approve_with_new_customer,
    deny_account_claim,
    undo_decision,
)
from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.office.account_claims import (
    account_claim_or_404,
    account_claim_url,
    checklist_of,
    render_account_claim,
)
from claimdesk.office.forms.account_claims import DecisionForm, QuestionForm
from claimdesk.web.answers import SeeOther, done, is_part, part
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest


def _decided(request: PageRequest, claim: AccountClaim, message: str, **names: Any) -> HttpResponse:
    """Say what was decided, with the way back, and return to the list."""
    undo = reverse("office:account_claim_reversal", args=[claim.pk])
    return done(request, reverse("office:account_claims"), message % names, undo=undo)


def _checklist_again(request: PageRequest, claim: AccountClaim) -> HttpResponse:
    """Show the checklist as it is now."""
    lines = request.seller.checklist
    context = {"claim": claim, "checklist": checklist_of(claim, lines), "may_decide": True}
    return part(request, "office/account_claims/_checklist.html", context, to=account_claim_url(claim))


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def account_claim_approval(request: PageRequest, pk: int) -> HttpResponse:
    claim, form = _claim_and_form(request, pk)
    if not form.is_valid():
        return render_account_claim(request, claim, form=form, status=422)
    membership = approve_account_claim(
        claim,
        customer=form.linked_to,
        roles=form.roles_given,
        note=form.cleaned_data["note"],
        by=request.actor,
    )
    words = _("Approved: %(user)s now belongs to %(customer)s")
    return _decided(request, claim, words, user=claim.user.name, customer=membership.customer.name)


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def account_claim_new_customer(request: PageRequest, pk: int) -> HttpResponse:
    claim, form = _claim_and_form(request, pk)
    if not form.is_valid():
        return render_account_claim(request, claim, form=form, status=422)
    customer = approve_with_new_customer(claim, note=form.cleaned_data["note"], by=request.actor)
    words = _("Made the customer %(number)s, %(customer)s, with %(user)s as its manager.")
    return _decided(
        request, claim, words, number=customer.number, customer=customer.name, user=claim.user.name
    )


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def account_claim_denial(request: PageRequest, pk: int) -> HttpResponse:
    claim, form = _claim_and_form(request, pk)
    if not form.is_valid():
        return render_account_claim(request, claim, form=form, status=422)
    words, note = form.cleaned_data["words"], form.cleaned_data["note"]
    deny_account_claim(claim, words=words, note=note, by=request.actor)
    message = _("Denied: %(user)s gets no access to %(customer)s")
    return _decided(request, claim, message, user=claim.user.name, customer=claim.customer.name)


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def account_claim_reversal(request: PageRequest, pk: int) -> HttpResponse:
    claim = account_claim_or_404(request, pk)
    undo_decision(claim, by=request.actor)
    words = _("Taken back: the claim of %(user)s is pending again.") % {"user": claim.user.name}
    return done(request, reverse("office:account_claims"), words)


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def account_claim_question(request: PageRequest, pk: int) -> HttpResponse:
    claim, form = account_claim_or_404(request, pk), QuestionForm(request.POST)
    if not form.is_valid():
        return render_account_claim(request, claim, question=form, status=422)
    ask_claimant(claim, body=form.cleaned_data["body"], by=request.actor)
    return render_account_claim(request, claim) if is_part(request) else SeeOther(account_claim_url(claim))


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def account_claim_tick(request: PageRequest, pk: int) -> HttpResponse:
    claim = account_claim_or_404(request, pk)
    tick_checklist(claim, line=request.POST.get("line", ""), by=request.actor)
    return _checklist_again(request, claim)


@office_page(DECIDE_ACCOUNT_CLAIMS)
@require_POST
def account_claim_tick_removal(request: PageRequest, pk: int) -> HttpResponse:
    claim = account_claim_or_404(request, pk)
    untick_checklist(claim, line=request.POST.get("line", ""), by=request.actor)
    return _checklist_again(request, claim)


def _claim_and_form(request: PageRequest, pk: int) -> tuple[AccountClaim, DecisionForm]:
    """Return the claim alone, for the deed reads its user and customer itself, under lock."""
    claim = get_object_or_404(account_claims(request.actor).select_related(None), pk=pk)
    return claim, DecisionForm(request.POST, actor=request.actor)


urls = [
    path("account-claims/<int:pk>/approval/", account_claim_approval, name="account_claim_approval"),
    path(
        "account-claims/<int:pk>/new-customer/", account_claim_new_customer, name="account_claim_new_customer"
    ),
    path("account-claims/<int:pk>/denial/", account_claim_denial, name="account_claim_denial"),
    path("account-claims/<int:pk>/reversal/", account_claim_reversal, name="account_claim_reversal"),
    path("account-claims/<int:pk>/question/", account_claim_question, name="account_claim_question"),
    path("account-claims/<int:pk>/tick/", account_claim_tick, name="account_claim_tick"),
    path(
        "account-claims/<int:pk>/tick-removal/", account_claim_tick_removal, name="account_claim_tick_removal"
    ),
]
