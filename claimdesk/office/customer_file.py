"""What is on file at a customer: addresses, e-mail domains, the ERP."""

from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.customers.actions.addresses import add_address, change_address, remove_address
from claimdesk.customers.actions.domains import confirm_domain, withdraw_domain
from claimdesk.customers.actions.erp_wish import change_erp_wish
from claimdesk.customers.models import Address, Customer
from claimdesk.customers.permissions import EDIT_CUSTOMERS
from claimdesk.customers.queries.customers import customers
from claimdesk.customers.queries.on_file import addresses, domains
from claimdesk.office.customers import customer_url
from claimdesk.office.forms.customers import DomainForm, ErpForm
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.record_forms import AddressForm
from claimdesk.web.requests import PageRequest

FORM = "office/customers/form.html"


def _customer(request: PageRequest, pk: int) -> Customer:
    return get_object_or_404(customers(request.actor), pk=pk)


@office_page(EDIT_CUSTOMERS)
def address_new(request: PageRequest, pk: int, kind: str) -> HttpResponseBase:
    customer = _customer(request, pk)
    if kind not in Address.Kind.values:
        raise Http404
    form = AddressForm(request.POST or None, kind=kind)
    title = _("New billing address") if kind == Address.Kind.BILLING else _("New shipping address")
    context = {"title": title, "form": form, "customer": customer, "cancel": customer_url(customer)}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    add_address(customer, kind=kind, by=request.actor, **form.cleaned_data)
    return done(request, customer_url(customer), _("Saved."))


@office_page(EDIT_CUSTOMERS)
def address_edit(request: PageRequest, pk: int) -> HttpResponseBase:
    address = get_object_or_404(addresses(request.actor), pk=pk)
    initial = {name: getattr(address, name) for name in AddressForm.base_fields}
    form = AddressForm(request.POST or None, kind=address.kind, initial=initial)
    customer = address.customer
    context: dict[str, Any] = {"title": _("Address"), "form": form, "customer": customer}
    context |= {"address": address, "cancel": customer_url(customer)}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    change_address(address, by=request.actor, **form.cleaned_data)
    return done(request, customer_url(customer), _("Saved."))


@require_POST
@office_page(EDIT_CUSTOMERS)
def address_removal(request: PageRequest, pk: int) -> HttpResponseBase:
    address = get_object_or_404(addresses(request.actor), pk=pk)
    remove_address(address, by=request.actor)
    return done(request, customer_url(address.customer), _("The address was removed."))


@require_POST
@office_page(EDIT_CUSTOMERS)
def domain_confirmation(request: PageRequest, pk: int) -> HttpResponseBase:
    customer = _customer(request, pk)
    form = DomainForm(request.POST)
    if not form.is_valid():
        context = {"title": _("Confirm a domain"), "form": form, "customer": customer}
        return invalid(request, FORM, context)
    found = confirm_domain(customer, domain=form.cleaned_data["domain"], by=request.actor)
    return done(request, customer_url(customer), _("%s is confirmed.") % found.domain)


@require_POST
@office_page(EDIT_CUSTOMERS)
def domain_withdrawal(request: PageRequest, pk: int) -> HttpResponseBase:
    domain = get_object_or_404(domains(request.actor), pk=pk)
    withdraw_domain(domain, by=request.actor)
    return done(request, customer_url(domain.customer), _("%s proves nothing any more.") % domain.domain)


@office_page(EDIT_CUSTOMERS)
def customer_erp(request: PageRequest, pk: int) -> HttpResponseBase:
    """Choose what becomes of the customer in the ERP, and type what it calls it (A67, A79)."""
    customer = _customer(request, pk)
    initial = {name: getattr(customer, name) for name in ErpForm.base_fields}
    form = ErpForm(request.POST or None, initial=initial)
    context = {"title": _("ERP"), "form": form, "customer": customer, "cancel": customer_url(customer)}
    if request.method != "POST":
        return render(request, FORM, context)
    if not form.is_valid():
        return invalid(request, FORM, context)
    wish, number, name = (form.cleaned_data[field] for field in ("erp_wish", "erp_number", "erp_name"))
    change_erp_wish(customer, wish=wish, erp_number=number, erp_name=name, by=request.actor)
    return done(request, customer_url(customer), _("Saved."))


urls = [
    path("customers/<int:pk>/addresses/<str:kind>/", address_new, name="address_new"),
    path("addresses/<int:pk>/", address_edit, name="address_edit"),
    path("addresses/<int:pk>/removal/", address_removal, name="address_removal"),
    path("customers/<int:pk>/domains/", domain_confirmation, name="domain_confirmation"),
    path("domains/<int:pk>/withdrawal/", domain_withdrawal, name="domain_withdrawal"),
    path("customers/<int:pk>/erp/", customer_erp, name="customer_erp"),
]
