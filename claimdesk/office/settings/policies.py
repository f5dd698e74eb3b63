"""Settings › Warranty › Policies: what is covered, for whom and how long; tried before it is saved (U5)."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from claimdesk.ledger.models import Job
from claimdesk.office.forms.policies import PolicyForm, TrialForm
from claimdesk.office.settings.tabs import warranty_tabs
from claimdesk.warranty.actions.policies import change_policy, create_policy, end_policy
from claimdesk.warranty.models import Policy
from claimdesk.warranty.permissions import EDIT_POLICIES
from claimdesk.warranty.policy_words import country_of, meant_for, policy_sentences
from claimdesk.warranty.queries.policies import cover_job, policies
from claimdesk.warranty.queries.trial import Trial, try_policies
from claimdesk.warranty.wording import reason_words
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

LIST = "office/settings/warranty/policies.html"
FORM = "office/settings/warranty/policy.html"
PREVIEW = "office/settings/warranty/_preview.html"


def _home() -> str:
    return reverse("office:settings_warranty")


@office_page(EDIT_POLICIES)
def settings_warranty(request: PageRequest) -> HttpResponse:
    """List the policies, and what they give together."""
    trial = TrialForm(request.GET if "trial_product" in request.GET else None, actor=request.actor)
    job = cover_job()
    context = {
        "title": _("Warranty"),
        "policies": [
            {"row": row, "meant_for": meant_for(row), "country": country_of(row)}
            for row in policies(request.actor)
        ],
        "job": job if job and job.state == Job.State.DUE else None,
        "trial": trial,
        "answers": _answers(trial, None),
        "is_tried": trial.is_bound and trial.is_valid(),
        "tabs": warranty_tabs("policies", request.actor),
        "tabs_label": _("Settings of the warranty"),
    }
    return render(request, LIST, context)


@office_page(EDIT_POLICIES)
def policy_new(request: PageRequest) -> HttpResponse:
    return _edit(request, Policy(months=24), title=_("New policy"))


@office_page(EDIT_POLICIES)
def policy(request: PageRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(policies(request.actor), pk=pk)
    return _edit(request, row, title=row.name)


def _edit(request: PageRequest, row: Policy, *, title: str) -> HttpResponse:
    form = PolicyForm(request.POST or None, policy=row, actor=request.actor)
    trial = TrialForm(request.POST or None, actor=request.actor)
    context = {"title": title, "form": form, "policy": row, "cancel": _home(), "trial": trial}
    context |= _preview(form, trial, row)
    if request.method != "POST" or "try" in request.POST:
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    if row.pk:
        change_policy(row, seen_at=form.cleaned_data["seen"], **form.values, by=request.actor)
    else:
        create_policy(**form.values, by=request.actor)
    return done(request, _home(), _("Saved."))


@office_page(EDIT_POLICIES)
@require_GET
def policy_preview(request: PageRequest) -> HttpResponse:
    """Say what the policy in the form says, and what it would give (nothing is saved)."""
    row = policies(request.actor).filter(pk=_key(request.GET.get("policy", ""))).first() or Policy()
    form = PolicyForm(request.GET, policy=row, actor=request.actor)
    trial = TrialForm(request.GET, actor=request.actor)
    return render(request, PREVIEW, _preview(form, trial, row) | {"trial": trial})


def _key(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _preview(form: PolicyForm, trial: TrialForm, row: Policy) -> dict[str, Any]:
    if not form.is_bound:
        return {"sentences": policy_sentences(row) if row.pk else [], "answers": []}
    if not form.is_valid():
        return {"sentences": [], "answers": []}
    told = Policy(pk=row.pk, **form.values)
    is_tried = trial.is_valid() and trial.cleaned_data["trial_product"] is not None
    answers = _answers(trial, told) if row.is_active else []
    return {"sentences": policy_sentences(told), "answers": answers, "is_tried": is_tried}


def _answers(trial: TrialForm, told: Policy | None) -> list[dict[str, Any]]:
    if not trial.is_bound or not trial.is_valid() or trial.cleaned_data["trial_product"] is None:
        return []
    days = {name: trial.cleaned_data[f"trial_{name}"] for name in ("delivered_on", "shipped_on")}
    region = trial.cleaned_data["trial_region"]
    found = try_policies(trial.cleaned_data["trial_product"], region=region, with_policy=told, **days)
    return _told(found)


def _told(found: Sequence[Trial]) -> list[dict[str, Any]]:
    return [
        {
            "is_covered": each.coverage.ends_on is not None,
            "words": [reason_words(reason.code, reason.values) for reason in each.reasons],
        }
        for each in found
    ]


@office_page(EDIT_POLICIES)
@require_POST
def policy_end(request: PageRequest, pk: int) -> HttpResponse:
    end_policy(get_object_or_404(policies(request.actor), pk=pk), by=request.actor)
    return done(request, _home(), _("The policy was ended; claims keep what it gave."))


urls = [
    path("settings/warranty/", settings_warranty, name="settings_warranty"),
    path("settings/warranty/policies/new/", policy_new, name="policy_new"),
    path("settings/warranty/policies/preview/", policy_preview, name="policy_preview"),
    path("settings/warranty/policies/<int:pk>/", policy, name="policy"),
    path("settings/warranty/policies/<int:pk>/end/", policy_end, name="policy_end"),
]
