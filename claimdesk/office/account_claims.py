"""Users › Claims: the list, and one account claim with its evidence."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS, VIEW_ACCOUNT_CLAIMS
from claimdesk.access.queries.account_claims import (
    account_claims,
    counts_by_state,
    search_account_claims,
    version_of_account_claims,
)
from claimdesk.access.queries.comparison import comparison_of
from claimdesk.access.queries.evidence import evidence_of
from claimdesk.access.queries.matching_report import LIMITS, decided_by_clerks
from claimdesk.access.queries.review import review_of
from claimdesk.company.models import DEFAULT_CHECKLIST
from claimdesk.conversations.queries.threads import messages_about
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.percent import percent
from claimdesk.ledger.queries.timeline import events_about, timeline
from claimdesk.office.cells.account_claims import (
    actions_cell,
    age_cell,
    claimant_cell,
    match_cell,
    organization_cell,
    state_cell,
)
from claimdesk.office.forms.account_claims import DecisionForm, QuestionForm
from claimdesk.office.settings.days import SinceDay, UntilDay
from claimdesk.office.timelines import entries_of
from claimdesk.web.addresses import address_of
from claimdesk.web.files.panel import files_panel
from claimdesk.web.gates import office_page
from claimdesk.web.lists import BulkAction, Column, Empty, ListPage, Preset, render_list
from claimdesk.web.requests import PageRequest


def account_claim_url(claim: AccountClaim) -> str:
    """Return the address of an account claim."""
    return address_of("office:account_claim", claim.pk)


class AccountClaimFilters(django_filters.FilterSet):
    """Filters of Claims."""

    status = django_filters.ChoiceFilter(
        field_name="state",
        choices=AccountClaim.State.choices,
        label=gettext_lazy("Status"),
        empty_label=gettext_lazy("All"),
    )
    awaiting = django_filters.ChoiceFilter(
        choices=AccountClaim.Awaiting.choices,
        label=gettext_lazy("Awaited"),
        empty_label=gettext_lazy("All"),
    )
    decision = django_filters.ChoiceFilter(
        method="decided",
        choices=[
            ("decided", gettext_lazy("decided by staff")),
            *(choice for choice in AccountClaim.Decision.choices if choice[0]),
        ],
        label=gettext_lazy("Decision"),
        empty_label=gettext_lazy("All"),
    )
    certainty = django_filters.ChoiceFilter(
        method="in_band",
        choices=lambda: [(str(low), f"{low}–{percent(high)}") for low, high in LIMITS],
        label=gettext_lazy("Certainty"),
        empty_label=gettext_lazy("All"),
    )

    decided_since = SinceDay(field_name="decided_at", label=gettext_lazy("Decided from"))
    decided_until = UntilDay(field_name="decided_at", label=gettext_lazy("Decided until"))

    def decided(self, rows: QuerySet[AccountClaim], _name: str, how: str) -> QuerySet[AccountClaim]:
        """Those that were decided so, or in any way by staff who had the matcher's word."""
        return rows.filter(decided_by_clerks() if how == "decided" else Q(decision=how))

    def in_band(self, rows: QuerySet[AccountClaim], _name: str, low: str) -> QuerySet[AccountClaim]:
        """Those of which the matcher had been so certain."""
        high = dict(LIMITS)[int(low)]
        in_it = rows.filter(probability__gte=int(low) / 100)
        return in_it if high == LIMITS[-1][1] else in_it.filter(probability__lt=high / 100)


def _counts(actor: Actor) -> dict[str, int]:
    counts = counts_by_state(actor)
    return {
        "status=pending": counts["pending"],
        "status=pending&awaiting=applicant": counts["applicant"],
        "status=approved": counts["approved"],
        "status=denied": counts["denied"],
        "": counts["all"],
    }


PAGE = ListPage(
    name="account_claims",
    title=gettext_lazy("Claims"),
    rows=account_claims,
    columns=(
        Column(
            "username",
            gettext_lazy("Username / Email"),
            value="user.username",
            cell=claimant_cell,
            heading=True,
        ),
        Column("name", gettext_lazy("Full name"), value="user.name", sort="user__name_folded"),
        Column(
            "organization",
            gettext_lazy("Organization"),
            value="customer.name",
            sort="customer__name_folded",
            cell=organization_cell,
        ),
        Column(
            "match",
            gettext_lazy("Match"),
            value="probability",
            cell=match_cell,
        ),
        Column(
            "status",
            gettext_lazy("Status"),
            value="state",
            cell=state_cell,
        ),
        Column(
            "created",
            gettext_lazy("Age"),
            value="created_at",
            sort="created_at",
            cell=age_cell,
        ),
        Column(
            "actions",
            gettext_lazy("Actions"),
            value="pk",
            cell=actions_cell,
            exported=False,
        ),
        Column("email", gettext_lazy("E-mail"), value="user.email", shown=False),
        Column("number", gettext_lazy("Customer number"), value="customer.number", shown=False),
        Column(
            "typed",
            gettext_lazy("Typed"),
            value=lambda claim: claim.requested.get("organization", ""),
            shown=False,
        ),
        Column("decided", gettext_lazy("Decided"), value="decided_at", shown=False),
        Column("decided_by", gettext_lazy("Decided by"), value="decided_by_name", shown=False),
    ),
    sort="-created",
    filters=AccountClaimFilters,
    search=search_account_claims,
    search_hint=gettext_lazy("Name, e-mail, username or organization"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Pending"), "status=pending"),
        Preset(gettext_lazy("Waiting for an answer"), "status=pending&awaiting=applicant"),
        Preset(gettext_lazy("Approved"), "status=approved"),
        Preset(gettext_lazy("Denied"), "status=denied"),
    ),
    counts=_counts,
    version=version_of_account_claims,
    bulk=(
        BulkAction(
            gettext_lazy("Approve"),
            reverse_lazy("office:account_claim_approvals_preview"),
            icon="check",
            permission=DECIDE_ACCOUNT_CLAIMS,
        ),
        BulkAction(
            gettext_lazy("Deny"),
            reverse_lazy("office:account_claim_denials_preview"),
            icon="ban",
            permission=DECIDE_ACCOUNT_CLAIMS,
        ),
    ),
    empty=Empty(
        gettext_lazy("No claims"),
        gettext_lazy("When somebody registers and seems to belong to a customer on file, it stands here."),
        icon="user-check",
    ),
    row_url=account_claim_url,
    row_dialog=True,
    template="office/account_claims/list.html",
    live_seconds=4,
)


@office_page(VIEW_ACCOUNT_CLAIMS)
def account_claims_page(request: PageRequest) -> HttpResponseBase:
    may_decide = request.actor.may(DECIDE_ACCOUNT_CLAIMS)
    return render_list(request, PAGE, may_decide=may_decide)


def account_claim_or_404(request: PageRequest, pk: int) -> AccountClaim:
    """Return the account claim, if it is the actor's to see."""
    claims = account_claims(request.actor).select_related(
        "user", "customer__merged_into", "customer__representative", "decided_customer"
    )
    return get_object_or_404(claims, pk=pk)


def render_account_claim(
    request: PageRequest,
    claim: AccountClaim,
    *,
    form: DecisionForm | None = None,
    question: QuestionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the page, or the dialog, of an account claim: what speaks for and against it, and the decision."""
    actor: Actor = request.actor
    review = review_of(claim, seller=request.seller, actor=actor)
    context: dict[str, Any] = {
        "title": _("%(user)s claims %(customer)s")
        % {"user": claim.user.name, "customer": claim.customer.name},
        "claim": claim,
        "review": review,
        "percent": round(review.probability * 100),
        "evidence": evidence_of(review),
        "comparison": comparison_of(review),
        "checklist": checklist_of(claim, review.seller.checklist),
        "thread": messages_about(claim, actor=actor),
        "panel": files_panel(claim, actor=actor, is_open=claim.is_pending),
        "history": entries_of(timeline(events_about(claim), with_outcomes=True)),
        "form": form or DecisionForm(actor=actor),
        "question": question or QuestionForm(),
        "may_decide": actor.may(DECIDE_ACCOUNT_CLAIMS) and claim.user_id != actor.id,
    }
    return render(request, "office/account_claims/review.html", context, status=status)


def checklist_of(claim: AccountClaim, lines: list[str]) -> list[dict[str, Any]]:
    """Return the seller's checklist with who ticked what (A57)."""
    ticks = {tick.line: tick for tick in claim.ticks.all()}
    return [{"line": line, "words": _words(line), "tick": ticks.get(line)} for line in lines]


def _words(line: str) -> str:
    """Return a line of the checklist; one that came along, in the reader's language."""
    return _(line) if line in DEFAULT_CHECKLIST else line


@office_page(VIEW_ACCOUNT_CLAIMS)
def account_claim_page(request: PageRequest, pk: int) -> HttpResponse:
    return render_account_claim(request, account_claim_or_404(request, pk))


urls = [
    path("account-claims/", account_claims_page, name="account_claims"),
    path("account-claims/<int:pk>/", account_claim_page, name="account_claim"),
]
