"""Reports › Reclamations: which causes, month by month; every bar leads to its rows (R1)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claimdesk.aftersales.permissions import VIEW_RECLAMATION_REPORT
from claimdesk.aftersales.queries.causes_report import CauseOverTime, causes_over_time, months_between
from claimdesk.kernel.clock import today
from claimdesk.office import charts
from claimdesk.web.answers import invalid
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.requests import PageRequest

TEMPLATE = "office/reports/reclamations.html"
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
YEAR = timedelta(days=365)
LONGEST = timedelta(days=3 * 366)


class DaysForm(forms.Form):
    """Of which days."""

    first = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        """Refuse days that no reclamation can have, and more of them than a diagram can show."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("first", "last"):
            if (day := cleaned.get(name)) and not EARLIEST <= day <= LATEST:
                self.add_error(name, _("Choose a day between 2000 and 2100."))
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", _("This is before the first day."))
        if first and last and last - first > LONGEST:
            self.add_error("last", _("At most three years fit into one diagram."))
        return cleaned


@dataclass(frozen=True, slots=True)
class ShownCause:
    """A cause with its bars, one a month, each leading to its reclamations."""

    name: str
    total: int
    url: str
    bars: list[tuple[charts.Bar, str]]


@office_page(VIEW_RECLAMATION_REPORT)
@while_on("reclamations_on")
@require_GET
def reclamation_report(request: PageRequest) -> HttpResponse:
    """Show how often which cause was claimed in which month."""
    last = today()
    given: dict[str, Any] = {"first": (last - YEAR).replace(day=1), "last": last}
    form = DaysForm(given | {name: value for name, value in request.GET.items() if value})
    context: dict[str, Any] = {"title": _("Causes of reclamations"), "form": form}
    if not form.is_valid():
        return invalid(request, TEMPLATE, context)
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    found = causes_over_time(request.actor, first, last)
    context |= {
        "is_shown": True,
        "causes": _shown(found, first, last),
        "total": sum(each.total for each in found),
        "months": [date_format(month, "M Y") for month in months_between(first, last)],
        "height": charts.BAR_HEIGHT,
        "width": charts.BAR_WIDTH * len(months_between(first, last)),
    }
    return render(request, TEMPLATE, context)


def _shown(found: list[CauseOverTime], first: date, last: date) -> list[ShownCause]:
    months = months_between(first, last)
    most = max((count for each in found for count in each.counts), default=0)
    shown = []
    for each in found:
        words = [f"{date_format(month, 'M Y')}: {n}" for month, n in zip(months, each.counts, strict=True)]
        spans = [(max(month, first), min(_end_of(month), last)) for month in months]
        urls = [_url(each, since, until) for since, until in spans]
        bars = list(zip(charts.bars(each.counts, most, words), urls, strict=True))
        shown.append(ShownCause(each.cause.name, each.total, _url(each, first, last), bars))
    return shown


def _end_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _url(each: CauseOverTime, since: date, until: date) -> str:
    query: dict[str, str | int] = {
        "cause": each.cause.pk,
        "since": since.isoformat(),
        "until": until.isoformat(),
    }
    return f"{reverse('office:reclamations')}?{urlencode(query)}"


urls = [path("reports/reclamations/", reclamation_report, name="report_reclamations")]
