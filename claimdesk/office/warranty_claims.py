"""Service › Warranty claims: the agents' queue, by who is awaited and since when (W10)."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy, pgettext_lazy

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import EDIT_WARRANTY_CLAIMS, VIEW_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.claims_queue import (
    queue_counts,
    search_warranty_claims,
    to_settle,
    waiting_for,
    with_agent,
)
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.catalog.queries.products import products, products_by_number
from claimdesk.customers.queries.customers import keys_of_customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.money import to_decimal
from claimdesk.office.cells.warranty_claims import (
    claim_actions_cell,
    claim_customer_cell,
    claim_state_cell,
    sums_cell,
    unit_cell,
    verdict_cell,
    waiting_cell,
)
from claimdesk.people.queries.staff import staff_members
from claimdesk.warranty.wording import VERDICTS
from claimdesk.web.addresses import address_of
from claimdesk.web.gates import office_page, while_on
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

State, Awaited = WarrantyClaim.State, WarrantyClaim.Awaited
Rows = QuerySet[WarrantyClaim]
SETTLEABLE, ME, NOBODY = "to_settle", "me", "nobody"


def warranty_claim_url(claim: WarrantyClaim) -> str:
    """Return the address of a warranty claim."""
    return address_of("office:warranty_claim", claim.pk)


def _states() -> list[tuple[str, Any]]:
    states = [choice for choice in State.choices if choice[0] != State.DRAFT]
    return [*states, (SETTLEABLE, gettext_lazy("Approved, to settle"))]


def _agents() -> list[tuple[str, Any]]:
    people = [(str(person.pk), person.name) for person in staff_members()]
    return [(ME, gettext_lazy("Me")), (NOBODY, gettext_lazy("Nobody")), *people]


class WarrantyClaimFilters(django_filters.FilterSet):
    """Filters of Warranty claims."""

    awaited = django_filters.ChoiceFilter(
        label=gettext_lazy("Awaited"),
        method="awaiting",
        choices=[choice for choice in Awaited.choices if choice[0] != Awaited.NOBODY],
        empty_label=gettext_lazy("All"),
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), method="in_state", choices=_states, empty_label=gettext_lazy("All")
    )
    verdict = django_filters.ChoiceFilter(
        label=gettext_lazy("Cover"), choices=list(VERDICTS.items()), empty_label=gettext_lazy("All")
    )
    assigned = django_filters.ChoiceFilter(
        label=gettext_lazy("Assigned to"),
        method="with_person",
        choices=_agents,
        empty_label=gettext_lazy("All"),
    )
    product = django_filters.CharFilter(label=gettext_lazy("Product number"), method="of_product")
    customer = django_filters.CharFilter(
        label=gettext_lazy("Customer (number or name)"), method="of_customer"
    )

    def awaiting(self, rows: Rows, _name: str, value: str) -> Rows:
        """Those under way that wait for us, or for the customer."""
        return waiting_for(rows, value)

    def in_state(self, rows: Rows, _name: str, value: str) -> Rows:
        """Those in a state, or approved in whole or in part."""
        return to_settle(rows) if value == SETTLEABLE else rows.filter(state=value)

    def with_person(self, rows: Rows, _name: str, value: str) -> Rows:
        """Those under way that are with whoever looks, with nobody, or with a person of staff."""
        if value == NOBODY:
            return with_agent(rows, None)
        return with_agent(rows, self.request.user.pk if value == ME else whole_number(value))

    def of_product(self, rows: Rows, _name: str, value: str) -> Rows:
        """Those on units of the product with that number."""
        meant = products_by_number(products(self.request.actor), [value])
        return rows.filter(product_id__in=[product.pk for product in meant.values()])

    def of_customer(self, rows: Rows, _name: str, value: str) -> Rows:
        """Those of the customers with that number or name."""
        return rows.filter(customer_id__in=keys_of_customers(value))


def _sum(name: str) -> Callable[[WarrantyClaim], Decimal]:
    """Return the function that tells a sum of a claim as a number of its currency."""
    return lambda claim: to_decimal(getattr(claim, name), claim.currency)


VIEWS = {
    "us": "awaited=us&sort=waiting",
    "them": "awaited=them&sort=waiting",
    "mine": "assigned=me&sort=waiting",
    "to_approve": "state=awaiting_approval&sort=waiting",
    "to_settle": "state=to_settle&sort=waiting",
    "all": "",
}


def _counts(actor: Actor) -> dict[str, int]:
    counts = queue_counts(actor)
    return {query: counts[name] for name, query in VIEWS.items()}


PAGE = ListPage(
    name="warranty_claims",
    title=gettext_lazy("Warranty claims"),
    rows=lambda actor: warranty_claims(actor).select_related("customer", "assigned_to"),
    columns=(
        Column("number", gettext_lazy("Number"), sort="id", heading=True, link=warranty_claim_url),
        Column("customer", gettext_lazy("Customer"), value="customer.name", cell=claim_customer_cell),
        Column("unit", pgettext_lazy("with a serial number", "Unit"), value="serial", cell=unit_cell),
        Column("verdict", gettext_lazy("Cover"), cell=verdict_cell),
        Column(
            "state", gettext_lazy("State"), value="get_state_display", cell=claim_state_cell, export="state"
        ),
        Column(
            "waiting",
            gettext_lazy("Waiting"),
            value="awaited_since_at",
            sort="awaited_since_at",
            cell=waiting_cell,
        ),
        Column("assigned", gettext_lazy("Assigned to"), value="assigned_to.name"),
        Column(
            "claimed", pgettext_lazy("a sum", "Claimed"), cell=sums_cell, export=_sum("claimed"), numeric=True
        ),
        Column("actions", gettext_lazy("Actions"), value="pk", cell=claim_actions_cell, exported=False),
        Column("complaint", gettext_lazy("Complaint"), shown=False),
        Column("product", gettext_lazy("Product"), value="product_name", shown=False),
        Column("customer_number", gettext_lazy("Customer number"), value="customer.number", shown=False),
        Column("failed", gettext_lazy("Failed on"), value="failed_on", shown=False),
        Column("invoice", gettext_lazy("Invoice number"), value="invoice_number", shown=False),
        Column(
            "awaited", gettext_lazy("Awaited"), value="get_awaited_display", export="awaited", shown=False
        ),
        Column(
            "allowed", gettext_lazy("Allowed by the tables"), shown=False, numeric=True, value=_sum("allowed")
        ),
        Column("approved", gettext_lazy("Approved"), value=_sum("approved"), shown=False, numeric=True),
        Column("settled", gettext_lazy("Settled"), value=_sum("settled"), shown=False, numeric=True),
        Column("currency", gettext_lazy("Currency"), shown=False),
        Column("decided_by", gettext_lazy("Decided by"), value="decided_by_name", shown=False),
        Column("submitted", gettext_lazy("Submitted"), value="submitted_at", shown=False),
        Column("changed", gettext_lazy("Changed"), value="changed_at", sort="changed_at", shown=False),
        Column(
            "closing", gettext_lazy("Closed as"), value="get_closing_display", export="closing", shown=False
        ),
    ),
    sort="-changed",
    filters=WarrantyClaimFilters,
    search=search_warranty_claims,
    search_hint=gettext_lazy("Number, serial number or customer"),
    presets=(
        Preset(gettext_lazy("Waiting for us"), VIEWS["us"]),
        Preset(gettext_lazy("Waiting for the customer"), VIEWS["them"]),
        Preset(pgettext_lazy("claims", "Mine"), VIEWS["mine"]),
        Preset(gettext_lazy("Awaiting approval"), VIEWS["to_approve"]),
        Preset(gettext_lazy("Approved, to settle"), VIEWS["to_settle"]),
        Preset(gettext_lazy("All"), VIEWS["all"]),
    ),
    counts=_counts,
    empty=Empty(
        gettext_lazy("No warranty claims"),
        gettext_lazy("When a dealer submits a claim on a unit, it stands here."),
        icon="shield-check",
    ),
    row_url=warranty_claim_url,
    template="office/warranty_claims/list.html",
    live_seconds=15,
)


@office_page(VIEW_WARRANTY_CLAIMS)
@while_on("warranty_claims_on")
def warranty_claims_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE, may_take=request.actor.may(EDIT_WARRANTY_CLAIMS))


def warranty_claim_or_404(request: PageRequest, pk: int) -> WarrantyClaim:
    """Return the warranty claim, if it is the actor's to see."""
    joined = ("customer", "unit", "assigned_to", "follows", "duplicate_of")
    return get_object_or_404(warranty_claims(request.actor).select_related(*joined), pk=pk)


urls = [path("warranty-claims/", warranty_claims_page, name="warranty_claims")]
