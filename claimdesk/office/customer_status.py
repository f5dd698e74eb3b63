"""The status of customers: the control that asks, its POSTs, login details again, and many at once."""

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.access.actions.customer_status import (
    activate_customer,
    deactivate_customer,
    make_customer_admin,
    send_login_details,
)
from claimdesk.access.actions.customer_status_bulk import change_statuses
from claimdesk.access.queries.members import account_user, members, touched_by_deactivation
from claimdesk.customers.actions.erp_wish import change_erp_wish
from claimdesk.customers.models import Address, Customer
from claimdesk.customers.permissions import CHANGE_STATUS, EDIT_CUSTOMERS
from claimdesk.customers.queries.customers import customers, listed_customers
from claimdesk.kernel.refused import Refused
from claimdesk.office.alike import alike_of
from claimdesk.office.customer_page import erp_comparison
from claimdesk.office.customers import PAGE, customer_url
from claimdesk.office.forms.customers import ErpForm
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.lists import chosen_rows
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest

MOST_AT_ONCE = 500


def _customer(request: PageRequest, pk: int) -> Customer:
    return get_object_or_404(listed_customers(request.actor), pk=pk)


def _where_from(request: PageRequest, customer: Customer) -> str:
    """Return the list when the dialog was opened over it, else the customer's page."""
    over = urlsplit(request.headers.get("HX-Current-URL", "")).path
    return reverse("office:customers") if over == reverse("office:customers") else customer_url(customer)


@office_page(CHANGE_STATUS)
def customer_status(request: PageRequest, pk: int) -> HttpResponseBase:
    """Ask: what the customer can become from here, and what that does (A60, A61, A64, A77)."""
    customer = _customer(request, pk)
    form = ErpForm(initial=_erp_of(customer))
    return render(request, "office/customers/status.html", _status_context(customer, form))


def _status_context(customer: Customer, form: ErpForm) -> dict[str, Any]:
    moves = Customer.MOVES[Customer.Status(customer.state)]
    is_first = Customer.Status.ACTIVE in moves and customer.first_activated_at is None
    return {
        "title": _("Status of %s") % customer.name,
        "customer": customer,
        "form": form,
        "billing": customer.addresses.filter(kind=Address.Kind.BILLING).first(),
        "can_activate": Customer.Status.ACTIVE in moves,
        "can_become_admin": Customer.Status.ADMIN in moves,
        "can_deactivate": Customer.Status.INACTIVE in moves,
        "is_first": is_first,
        "account_user": account_user(customer) if is_first else None,
        "touched": touched_by_deactivation(customer),
        "alike": alike_of(customer) if is_first else [],
        "erp": erp_comparison(customer),
    }


def _erp_of(customer: Customer) -> dict[str, str]:
    return {name: getattr(customer, name) for name in ("erp_wish", "erp_number", "erp_name")}


@require_POST
@office_page(CHANGE_STATUS)
def customer_activation(request: PageRequest, pk: int) -> HttpResponseBase:
    """Make the customer Active, with what staff chose for the ERP (A62, A67)."""
    customer = _customer(request, pk)
    is_asked = request.POST.get("erp_wish") and request.actor.may(EDIT_CUSTOMERS)
    form = ErpForm(request.POST if is_asked else None, initial=_erp_of(customer))
    if is_asked and not form.is_valid():
        return invalid(request, "office/customers/status.html", _status_context(customer, form))
    row = _activate(customer, form, request)
    return done(request, _where_from(request, row), _("%s is Active.") % row.name)


@transaction.atomic
def _activate(customer: Customer, form: ErpForm, request: PageRequest) -> Customer:
    """Keep what was chosen for the ERP, if it was asked, and activate: both or, where either is refused, neither."""
    if form.is_bound and form.is_valid():
        change_erp_wish(
            customer,
            wish=form.cleaned_data["erp_wish"],
            erp_number=form.cleaned_data["erp_number"],
            erp_name=form.cleaned_data["erp_name"],
            by=request.actor,
        )
    return activate_customer(customer, by=request.actor)


@require_POST
@office_page(CHANGE_STATUS)
def customer_admin(request: PageRequest, pk: int) -> HttpResponseBase:
    row = make_customer_admin(_customer(request, pk), by=request.actor)
    return done(request, _where_from(request, row), _("%s is Admin.") % row.name)


@require_POST
@office_page(CHANGE_STATUS)
def customer_deactivation(request: PageRequest, pk: int) -> HttpResponseBase:
    row = deactivate_customer(_customer(request, pk), by=request.actor)
    return done(request, _where_from(request, row), _("%s is Inactive.") % row.name)


@require_POST
@office_page(CHANGE_STATUS)
def customer_login_details(request: PageRequest, pk: int) -> HttpResponseBase:
    """Send a member login details again; the earlier link is void (A62)."""
    customer = get_object_or_404(customers(request.actor), pk=pk)
    membership = get_object_or_404(members(customer), user_id=whole_number(request.POST.get("user")))
    send_login_details(customer, user=membership.user, by=request.actor)
    message = _("Login details go to %s; an earlier link is void.") % membership.user.email
    return done(request, customer_url(customer), message)


@require_POST
@office_page(CHANGE_STATUS)
def customer_statuses(request: PageRequest, to: str) -> HttpResponseBase:
    """Change the status of the chosen customers: a dry run first, then a result for each."""
    if to not in Customer.Status.values or to == Customer.Status.NEW:
        raise Http404
    chosen = list(chosen_rows(request, PAGE)[: MOST_AT_ONCE + 1])
    if len(chosen) > MOST_AT_ONCE:
        raise Refused("too_many", _("Choose up to %s customers at once.") % MOST_AT_ONCE)
    is_dry_run = not request.POST.get("confirmed")
    results = change_statuses(chosen, to=to, is_dry_run=is_dry_run, by=request.actor)
    status = Customer.Status(to).label
    context = {
        "title": _("Make %s") % status if is_dry_run else _("Made %s") % status,
        "results": results,
        "count": sum(result.refusal is None for result in results),
        "status": status,
        "to": to,
        "is_dry_run": is_dry_run,
        "ids": [customer.pk for customer in chosen],
    }
    return render(request, "office/customers/statuses.html", context)


urls = [
    path("customers/<int:pk>/status/", customer_status, name="customer_status"),
    path("customers/<int:pk>/activation/", customer_activation, name="customer_activation"),
    path("customers/<int:pk>/admin/", customer_admin, name="customer_admin"),
    path("customers/<int:pk>/deactivation/", customer_deactivation, name="customer_deactivation"),
    path("customers/<int:pk>/login-details/", customer_login_details, name="customer_login_details"),
    path("customers/statuses/<str:to>/", customer_statuses, name="customer_statuses"),
]
