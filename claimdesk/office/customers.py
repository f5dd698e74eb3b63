"""Manage customers: the list, new and edit."""

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db import transaction
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.access.actions.customer_status import activate_customer, deactivate_customer
from claimdesk.access.queries.members import touched_by_deactivation
from claimdesk.customers.actions.customers import change_customer, create_customer
from claimdesk.customers.matching.records import Newcomer
from claimdesk.customers.models import Customer
from claimdesk.customers.permissions import CHANGE_STATUS, EDIT_CUSTOMERS, VIEW_CUSTOMERS
from claimdesk.customers.queries.customers import (
    customer_groups,
    customers,
    listed_customers,
    of_origin,
    without_email,
)
from claimdesk.customers.search import find_customers
from claimdesk.office.alike import alike_to
from claimdesk.office.cells.customers import status_cell
from claimdesk.office.forms.customers import EditCustomerForm, NewCustomerForm
from claimdesk.people.queries.staff import staff_members
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.lists import BulkAction, Column, Empty, ListPage, Preset, render_list
from claimdesk.web.requests import PageRequest

PLACE = ("street", "postcode", "town", "country")
COMPARED = ("name", "email", "phone", "tax_number", "website", *PLACE)


def customer_url(customer: Customer) -> str:
    """Return the address of a customer's page."""
    return address_of("office:customer", customer.pk)


class CustomerFilters(django_filters.FilterSet):
    """Filters of Manage customers."""

    status = django_filters.ChoiceFilter(
        field_name="state",
        choices=Customer.Status.choices,
        label=gettext_lazy("Status"),
        empty_label=gettext_lazy("All"),
    )
    group = django_filters.ModelChoiceFilter(
        field_name="groups",
        queryset=lambda request: customer_groups(),
        label=gettext_lazy("Group"),
        empty_label=gettext_lazy("All"),
    )
    representative = django_filters.ModelChoiceFilter(
        queryset=lambda request: staff_members(),
        label=gettext_lazy("Representative"),
        empty_label=gettext_lazy("All"),
    )
    email = django_filters.ChoiceFilter(
        method="having_email",
        choices=[("yes", gettext_lazy("With")), ("no", gettext_lazy("Without"))],
        label=gettext_lazy("E-mail"),
        empty_label=gettext_lazy("All"),
    )
    origin = django_filters.ChoiceFilter(
        method="having_origin",
        choices=Customer.Origin.choices,
        label=gettext_lazy("Origin"),
        empty_label=gettext_lazy("All"),
    )

    def having_email(self, rows: QuerySet[Customer], name: str, value: str) -> QuerySet[Customer]:
        return without_email(rows) if value == "no" else rows.exclude(email="")

    def having_origin(self, rows: QuerySet[Customer], name: str, value: str) -> QuerySet[Customer]:
        return of_origin(rows, value)


PAGE = ListPage(
    name="customers",
    title=gettext_lazy("Manage customers"),
    rows=listed_customers,
    columns=(
        Column("number", gettext_lazy("Number"), sort="number_folded"),
        Column("name", gettext_lazy("Company name"), sort="name_folded", link=customer_url, heading=True),
        Column("status", gettext_lazy("Status"), value="state", cell=status_cell),
        Column("email", gettext_lazy("E-mail")),
        Column("town", gettext_lazy("Town")),
        Column("representative", gettext_lazy("Representative"), value="representative.name"),
        Column("created", gettext_lazy("Created"), value="created_at", sort="created_at"),
        Column("phone", gettext_lazy("Phone"), shown=False),
        Column("postcode", gettext_lazy("Postcode"), shown=False),
        Column("tax_number", gettext_lazy("Tax number"), shown=False),
        Column("terms", gettext_lazy("Payment terms"), shown=False),
        Column("price_group", gettext_lazy("Price group"), shown=False),
        Column("origin", gettext_lazy("Origin"), value="get_origin_display", export="origin", shown=False),
        Column("erp_number", gettext_lazy("Number in the ERP"), shown=False),
    ),
    sort="name",
    filters=CustomerFilters,
    search=find_customers,
    search_hint=gettext_lazy("Name, number, e-mail, town or postcode"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("New"), "status=new"),
        Preset(gettext_lazy("Admin"), "status=admin"),
        Preset(gettext_lazy("Active"), "status=active"),
        Preset(gettext_lazy("Inactive"), "status=inactive"),
    ),
    bulk=tuple(
        BulkAction(label, reverse_lazy("office:customer_statuses", args=[to]), permission=CHANGE_STATUS)
        for to, label in (
            ("active", gettext_lazy("Make Active")),
            ("admin", gettext_lazy("Make Admin")),
            ("inactive", gettext_lazy("Make Inactive")),
        )
    ),
    row_url=customer_url,
    row_class=lambda customer: "is-new" if customer.is_new else "",
    template="office/customers/list.html",
    live_seconds=15,
    empty=Empty(
        gettext_lazy("No customers yet"),
        gettext_lazy("They come by registration, by import, or by hand."),
        icon="building",
        url=reverse_lazy("office:customer_new"),
        action=gettext_lazy("New customer"),
    ),
)


@office_page(VIEW_CUSTOMERS)
def customers_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE)


@office_page(VIEW_CUSTOMERS)
def new_accounts_page(request: PageRequest) -> HttpResponseBase:
    """New Accounts is Manage customers, filtered (A40)."""
    query = urlencode({"status": Customer.Status.NEW, "sort": "-created"})
    return redirect(f"{reverse('office:customers')}?{query}")


@office_page(EDIT_CUSTOMERS)
def customer_new(request: PageRequest) -> HttpResponseBase:
    form = NewCustomerForm(request.POST or None)
    context: dict[str, Any] = {
        "title": _("New customer"),
        "form": form,
        "cancel": reverse("office:customers"),
    }
    if request.method != "POST":
        return render(request, "office/customers/new.html", context)
    if not form.is_valid():
        return invalid(request, "office/customers/new.html", context)
    alike = alike_to(Newcomer(**{name: form.cleaned_data[name] for name in COMPARED}))
    keys = ",".join(str(one["customer_id"]) for one in alike)
    if keys != form.cleaned_data["alike_seen"]:
        return invalid(request, "office/customers/new.html", context | {"alike": alike, "keys": keys})
    customer = _make(form.cleaned_data, request)
    return done(request, customer_url(customer), _("%s was made.") % customer.name)


@transaction.atomic
def _make(cleaned: dict[str, Any], request: PageRequest) -> Customer:
    """Make the customer, Active if that was chosen: both or, where either is refused, neither."""
    fields = {name: value for name, value in cleaned.items() if name != "alike_seen"}
    state = fields.pop("state")
    billing = {name: fields.pop(name) for name in PLACE}
    is_active = state == Customer.Status.ACTIVE
    customer = create_customer(
        state=Customer.Status.ADMIN if is_active else state,
        billing=billing,
        by=request.actor,
        **fields,
    )
    if is_active:
        activate_customer(customer, by=request.actor)
    return customer


@office_page(EDIT_CUSTOMERS)
def customer_edit(request: PageRequest, pk: int) -> HttpResponseBase:
    customer = get_object_or_404(customers(request.actor), pk=pk)
    form = EditCustomerForm(request.POST or None, customer=customer)
    if not request.actor.may(CHANGE_STATUS):
        del form.fields["enabled"]
    context: dict[str, Any] = {
        "title": _("Edit account"),
        "form": form,
        "customer": customer,
        "cancel": customer_url(customer),
    }
    if request.method != "POST":
        return render(request, "office/customers/edit.html", context)
    if not form.is_valid():
        return invalid(request, "office/customers/edit.html", context)
    if _is_to_be_asked(form, customer) and not request.POST.get("touched_seen"):
        touched = touched_by_deactivation(customer)
        return invalid(request, "office/customers/edit.html", context | {"touched": touched})
    _save(form, customer, request)
    return done(request, customer_url(customer), _("Saved."))


def _is_to_be_asked(form: EditCustomerForm, customer: Customer) -> bool:
    """Tell whether the switch goes off for an Active customer: then what that touches is shown first (A64)."""
    return customer.state == Customer.Status.ACTIVE and form.cleaned_data.get("enabled") is False


@transaction.atomic
def _save(form: EditCustomerForm, customer: Customer, request: PageRequest) -> None:
    """Save the fields and the switch: both or, where either is refused, neither."""
    actor = request.actor
    fields = dict(form.cleaned_data)
    enabled, seen = fields.pop("enabled", None), fields.pop("seen")
    is_active = customer.state == Customer.Status.ACTIVE
    row = change_customer(customer, seen_at=seen, by=actor, **fields)
    if enabled and not is_active:
        activate_customer(row, by=actor)
    elif is_active and enabled is False:
        deactivate_customer(row, by=actor)


urls = [
    path("customers/", customers_page, name="customers"),
    path("customers/new-accounts/", new_accounts_page, name="new_accounts"),
    path("customers/new/", customer_new, name="customer_new"),
    path("customers/<int:pk>/edit/", customer_edit, name="customer_edit"),
]
