"""A list page over customers, for tests of the furniture itself."""

from dataclasses import replace
from typing import Any

import django_filters
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import fold
from claimdesk.web.lists import BulkAction, Column, ListPage, render_list
from tests import make


class CustomerFilters(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(field_name="state", choices=Customer.Status.choices, label="Status")
    since = django_filters.DateFilter(field_name="created_at", lookup_expr="date__gte", label="Since")


def customer_page(**fields: Any) -> ListPage:
    """Customers, five a page, sorted by name."""
    defaults: dict[str, Any] = {
        "name": "customers",
        "title": "Customers",
        "rows": lambda actor: customers(actor).select_related("representative"),
        "columns": (
            Column("name", "Company", sort="name_folded", heading=True),
            Column("number", "Account number", sort="number_folded"),
            Column("status", "Status", value="state", sort="state"),
            Column("activated", "Activated", value="first_activated_at", sort="first_activated_at"),
            Column("representative", "Representative", value="representative.name"),
            Column("phone", "Phone", shown=False),
        ),
        "sort": "name",
        "filters": CustomerFilters,
        "search": lambda rows, text: rows.filter(name_folded__contains=fold(text)),
        "bulk": (
            BulkAction("Retire", "/office/retirement/"),
            BulkAction("Forget", "/office/retirement/", confirm="Really?"),
        ),
        "size": 5,
    }
    return ListPage(**(defaults | fields))


CLERK = replace(make.STAFF, id=1)


def asked(query: str = "", *, by: Actor = CLERK, **headers: str) -> HttpRequest:
    """A GET of the list by `by`."""
    request = RequestFactory().get(f"/customers/?{query}", headers=headers)
    request.actor = by  # type: ignore[attr-defined]
    return request


def answer(query: str = "", page: ListPage | None = None, **headers: str) -> HttpResponseBase:
    """What the list answers, its messages and session left out."""
    return render_list(asked(query, **headers), page or customer_page())
