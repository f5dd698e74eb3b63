"""Reports: how well newcomers are recognised, and what another threshold would have done."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from claimdesk.access.permissions import VIEW_REPORTS
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.access.queries.matching_report import (
    MOST,
    THRESHOLDS,
    Band,
    Decided,
    Threshold,
    bands_of,
    decided_account_claims,
    outcomes_of,
    pending_between,
    threshold_of,
    undone_between,
    wrong_ones,
)
from claimdesk.company.actions.settings import change_company
from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.queries.company import company
from claimdesk.kernel.clock import today
from claimdesk.kernel.percent import percent
from claimdesk.office import charts
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.requests import PageRequest

YEAR = timedelta(days=365)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
TEMPLATE = "office/reports/matching.html"
OUTCOMES = {
    "approved": gettext_lazy("The likeliest customer was right"),
    "other_candidate": gettext_lazy("Another of the candidates was right"),
    "not_among_them": gettext_lazy("A customer was right who was no candidate"),
    "new_customer": gettext_lazy("A new customer was made"),
    "denied": gettext_lazy("Denied"),
}
FILTERS = {"other_candidate": "other_customer", "not_among_them": "other_customer"}


class PeriodForm(forms.Form):
    """Which days, and which threshold to try."""

    first = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    threshold = forms.IntegerField(
        label=gettext_lazy("Try a certainty of, in percent"), min_value=70, max_value=100, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Refuse days that no claim can have, and a time that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("first", "last"):
            if (day := cleaned.get(name)) and not EARLIEST <= day <= LATEST:
                self.add_error(name, _("Choose a day between 2000 and 2100."))
        if cleaned.get("first") and cleaned.get("last") and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("This is before the first day."))
        return cleaned


class ThresholdForm(forms.Form):
    """The threshold that shall hold from now on, and the days by which it was tried."""

    auto_approve_from = forms.IntegerField(min_value=70, max_value=100, widget=forms.HiddenInput)
    first = forms.DateField(required=False, widget=forms.HiddenInput)
    last = forms.DateField(required=False, widget=forms.HiddenInput)
    is_asked = forms.BooleanField(required=False, widget=forms.HiddenInput)


@office_page(VIEW_REPORTS)
@require_GET
def matching_report(request: PageRequest) -> HttpResponse:
    """Show what clerks decided beside what the matcher had said, and try a threshold."""
    last = today()
    given: dict[str, Any] = {
        "first": last - YEAR,
        "last": last,
        "threshold": company().auto_approve_from,
    }
    form = PeriodForm(given | {name: value for name, value in request.GET.items() if value})
    if not form.is_valid():
        return invalid(request, TEMPLATE, {"title": _("How well newcomers are recognised"), "form": form})
    asked = form.cleaned_data
    percent = asked["threshold"] or given["threshold"]
    return render(request, TEMPLATE, _report(request, form, asked["first"], asked["last"], percent))


@office_page(EDIT_SETTINGS)
@require_POST
def matching_threshold(request: PageRequest) -> HttpResponse:
    """Let the threshold hold from now on; ask once more when it would have let somebody in who was refused."""
    form = ThresholdForm(request.POST)
    if not form.is_valid():
        period = PeriodForm({"first": today() - YEAR, "last": today(), **request.POST.dict()})
        period.is_valid()
        period.add_error(
            "threshold",
            _("Between 70 and 100 percent; below, too many would be let in who are somebody else."),
        )
        context = {"title": _("How well newcomers are recognised"), "form": period}
        return invalid(request, TEMPLATE, context)
    asked = form.cleaned_data
    wrong = _wrong_of(request, asked)
    if wrong and not asked["is_asked"]:
        return _ask_before_threshold(request, asked, len(wrong))
    change_company(auto_approve_from=asked["auto_approve_from"], by=request.actor)
    return done(request, reverse("office:report_matching"), _("From now on this certainty is enough."))


def _wrong_of(request: PageRequest, asked: dict[str, Any]) -> list[int]:
    """Return the claims of those days that the threshold would have approved and a clerk decided otherwise."""
    last = asked["last"] or today()
    first = asked["first"] or last - YEAR
    decided = decided_account_claims(request.actor, first, last)
    return wrong_ones(decided, asked["auto_approve_from"], company().auto_approve_evidence)


def _ask_before_threshold(request: PageRequest, asked: dict[str, Any], wrong: int) -> HttpResponse:
    question = ngettext(
        "From %(percent)s on, %(n)s person would have been let in whom a clerk did not let in there.",
        "From %(percent)s on, %(n)s people would have been let in whom a clerk did not let in there.",
        wrong,
    )
    context = {
        "title": _("Let it be enough all the same?"),
        "question": question % {"percent": percent(asked["auto_approve_from"]), "n": wrong},
        "form": ThresholdForm(initial=asked | {"is_asked": True}),
        "button": _("Let it be enough"),
        "cancel": reverse("office:report_matching") + f"?threshold={asked['auto_approve_from']}",
    }
    return render(request, "web/confirm.html", context)


def _report(request: PageRequest, form: PeriodForm, first: date, last: date, percent: int) -> dict[str, Any]:
    actor, seller = request.actor, company()
    decided = decided_account_claims(actor, first, last)
    evidence = seller.auto_approve_evidence
    days = {"decided_since": first, "decided_until": last}
    bands = bands_of(decided)
    tried = [threshold_of(decided, each, evidence) for each in sorted({*THRESHOLDS, percent})]
    wrong = wrong_ones(decided, percent, evidence)
    return {
        "title": _("How well newcomers are recognised"),
        "form": form,
        "seller": seller,
        "evidence": seller.get_auto_approve_evidence_display(),
        "decided": len(decided),
        "is_cut": len(decided) == MOST,
        "pending": pending_between(actor, first, last),
        "undone": undone_between(first, last) if not actor.only_own_customers else None,
        "outcomes": _outcomes(decided, days),
        "bands": [(band, _claims_url(decision="decided", certainty=band.low, **days)) for band in bands],
        "reliability": _reliability(bands),
        "tried": tried,
        "chosen": next(each for each in tried if each.percent == percent),
        "curve": _curve(tried),
        "wrong": account_claims(actor)
        .filter(pk__in=wrong)
        .select_related("user", "customer")
        .order_by("-pk"),
        "may_set": actor.may(EDIT_SETTINGS),
        "side": charts.SIDE,
    }


def _outcomes(decided: list[Decided], days: dict[str, date]) -> list[dict[str, Any]]:
    return [
        {
            "label": OUTCOMES[outcome],
            "count": count,
            "share": count / len(decided) if decided else 0.0,
            "url": _claims_url(decision=FILTERS.get(outcome, outcome), **days),
        }
        for outcome, count in outcomes_of(decided).items()
    ]


def _claims_url(**filters: Any) -> str:
    words = "&".join(f"{name}={value}" for name, value in filters.items())
    return f"{reverse('office:account_claims')}?{words}"


def _reliability(bands: list[Band]) -> list[charts.Point]:
    most = max((band.decided for band in bands), default=0)
    return [
        charts.point(band.mean, band.share, f"{band.low}–{percent(band.high)}", weight=band.decided / most)
        for band in bands
        if band.decided
    ]


def _curve(tried: list[Threshold]) -> dict[str, Any]:
    """Return precision and share over the thresholds, from 70 to 100 percent."""

    def at(each: Threshold) -> float:
        return (each.percent - 70) / 30

    shares = [charts.point(at(each), each.share, "") for each in tried]
    right = [charts.point(at(each), each.precision, "") for each in tried if each.precision is not None]
    return {"share": charts.line(shares), "precision": charts.line(right)}


urls = [
    path("reports/matching/", matching_report, name="report_matching"),
    path("reports/matching/threshold/", matching_threshold, name="report_matching_threshold"),
]
