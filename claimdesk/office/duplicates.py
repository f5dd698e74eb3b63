"""Duplicates: pairs of customers alike, the search for them, and merging (A74)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.access.actions.merge import merge_customers
from claimdesk.access.queries.merging import merge_preview
from claimdesk.customers.actions.duplicate_searches import ask_for_duplicate_search
from claimdesk.customers.actions.duplicates import dismiss_duplicate
from claimdesk.customers.matching.explain import sentence
from claimdesk.customers.models import Customer, DuplicatePair
from claimdesk.customers.permissions import MERGE_CUSTOMERS
from claimdesk.customers.queries.customers import customers
from claimdesk.customers.queries.duplicates import duplicate_pairs, in_state, last_search, pair_of
from claimdesk.kernel.percent import percent
from claimdesk.office.customer_page import facts_of
from claimdesk.office.customers import customer_url
from claimdesk.office.forms.merges import MergeForm
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.lists.cells import state_cell
from claimdesk.web.requests import PageRequest

MERGE = "office/duplicates/merge.html"


class DuplicateFilters(django_filters.FilterSet):
    """Open pairs, unless others are asked for."""

    status = django_filters.ChoiceFilter(
        choices=DuplicatePair.State.choices,
        label=gettext_lazy("Status"),
        empty_label=gettext_lazy("Open"),
        method="in_state",
    )

    def in_state(self, rows: QuerySet[DuplicatePair], name: str, value: str) -> QuerySet[DuplicatePair]:
        return in_state(rows, value)

    def filter_queryset(self, queryset: QuerySet[DuplicatePair]) -> QuerySet[DuplicatePair]:
        if not self.form.cleaned_data.get("status"):
            queryset = in_state(queryset, DuplicatePair.State.OPEN)
        return super().filter_queryset(queryset)


def reasons_of(pair: DuplicatePair) -> list[str]:
    """Return the reasons in the reader's language, the weightiest first."""
    return [sentence(reason["code"], reason["params"]) for reason in pair.reasons]


def merge_url(pair: DuplicatePair) -> str:
    """Return the page that compares the two: the Active one, else the older, is to survive."""
    one, other = pair.first, pair.second
    if other.state == Customer.Status.ACTIVE and one.state != Customer.Status.ACTIVE:
        one, other = other, one
    return reverse("office:merge", args=[other.pk, one.pk])


PAGE = ListPage(
    name="duplicates",
    title=gettext_lazy("Duplicates"),
    rows=duplicate_pairs,
    columns=(
        Column("first", gettext_lazy("Customer"), value="first.name", link=merge_url, heading=True),
        Column("second", gettext_lazy("Looks like"), value="second.name", link=merge_url),
        Column(
            "probability",
            gettext_lazy("Sure"),
            value=lambda pair: percent(round(pair.probability * 100)),
            sort="probability",
            export="probability",
            numeric=True,
        ),
        Column("reasons", gettext_lazy("Because"), value=reasons_of),
        Column("status", gettext_lazy("Status"), value="state", cell=state_cell),
        Column("first_number", gettext_lazy("Number"), value="first.number", shown=False),
        Column("second_number", gettext_lazy("Its number"), value="second.number", shown=False),
    ),
    sort="-probability",
    filters=DuplicateFilters,
    presets=(
        Preset(gettext_lazy("Open"), ""),
        Preset(gettext_lazy("Dismissed"), "status=dismissed"),
        Preset(gettext_lazy("Merged"), "status=merged"),
    ),
    row_url=merge_url,
    template="office/duplicates/list.html",
    empty=Empty(
        gettext_lazy("No pairs alike"),
        gettext_lazy(
            "Have all customers looked through: pairs that may be one stand here, the surest first."
        ),
        icon="git-merge",
    ),
)


@office_page(MERGE_CUSTOMERS)
def duplicates_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE, job=last_search())


@office_page(MERGE_CUSTOMERS)
def duplicate_search(request: PageRequest) -> HttpResponseBase:
    """Ask for a search (POST), or how the one that runs stands (GET)."""
    if request.method == "POST":
        ask_for_duplicate_search(by=request.actor)
        return done(request, reverse("office:duplicates"), _("All customers are being looked through."))
    return render(request, "office/duplicates/_search.html", {"job": last_search()})


@require_POST
@office_page(MERGE_CUSTOMERS)
def duplicate_dismissal(request: PageRequest, pk: int) -> HttpResponseBase:
    pair = get_object_or_404(duplicate_pairs(request.actor), pk=pk)
    dismiss_duplicate(pair, by=request.actor)
    return done(request, reverse("office:duplicates"), _("The two will not be shown again."))


@office_page(MERGE_CUSTOMERS)
def merge(request: PageRequest, gone: int, stays: int) -> HttpResponseBase:
    """Compare two customers, preview what merging them does, and do it."""
    rows = customers(request.actor).select_related("representative")
    loser, survivor = get_object_or_404(rows, pk=gone), get_object_or_404(rows, pk=stays)
    if loser.merged_into_id and request.method != "POST":
        return redirect(customer_url(loser))
    preview = merge_preview(loser, survivor)
    form = MergeForm(request.POST or None, preview=preview)
    context = _merge_context(loser, survivor) | {"form": form, "preview": preview}
    if request.method != "POST":
        return render(request, MERGE, context)
    if not form.is_valid():
        return invalid(request, MERGE, context)
    merge_customers(loser, into=survivor, by=request.actor, **form.cleaned_data)
    message = _("%(gone)s was merged into %(stays)s.") % {"gone": loser.name, "stays": survivor.name}
    return done(request, customer_url(survivor), message)


def _merge_context(loser: Customer, survivor: Customer) -> dict[str, Any]:
    pair = pair_of(loser, survivor)
    pairs = zip(_compared(loser), _compared(survivor), strict=True)
    return {
        "title": _("Merge %(gone)s into %(stays)s") % {"gone": loser.name, "stays": survivor.name},
        "gone": loser,
        "stays": survivor,
        "pair": pair if pair and pair.state == DuplicatePair.State.OPEN else None,
        "reasons": reasons_of(pair) if pair else [],
        "lines": [
            {"label": label, "theirs": theirs, "ours": ours, "differs": theirs != ours}
            for (label, theirs), (_label, ours) in pairs
            if theirs or ours
        ],
    }


def _compared(customer: Customer) -> list[tuple[str, Any]]:
    billing = customer.addresses.filter(kind="billing").first()
    return [
        (_("Company name"), customer.name),
        (_("Status"), customer.get_state_display()),
        *facts_of(customer),
        (_("Billing address"), str(billing or "")),
        (_("Created"), customer.created_at),
    ]


urls = [
    path("duplicates/", duplicates_page, name="duplicates"),
    path("duplicates/search/", duplicate_search, name="duplicate_search"),
    path("duplicates/<int:pk>/dismissal/", duplicate_dismissal, name="duplicate_dismissal"),
    path("customers/<int:gone>/merge/<int:stays>/", merge, name="merge"),
]
