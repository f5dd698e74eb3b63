"""The company page: the account's profile, which managers edit as far as the seller permits (A87)."""

from typing import Any

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.access.permissions import VIEW_ACCOUNT
from claimdesk.access.queries.contacts import contacts_with_sign_in, having_sign_in
from claimdesk.customers.actions.addresses import add_address, change_address, remove_address
from claimdesk.customers.actions.contacts import add_contact, change_contact, remove_contact
from claimdesk.customers.actions.customers import change_customer
from claimdesk.customers.models import Address, Contact, Customer
from claimdesk.customers.permissions import EDIT_PROFILE
from claimdesk.customers.queries.customers import customers
from claimdesk.customers.queries.on_file import addresses, contacts
from claimdesk.customers.queries.profile import parts_to_edit
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import portal_page
from claimdesk.web.record_forms import AddressForm, ContactForm, language_choices
from claimdesk.web.requests import PageRequest
from claimdesk.web.sent_forms import SentForm

FORM = "portal/customer/form.html"


class ProfileForm(SentForm):
    """The fields that the seller lets managers edit; the others are left out."""

    name = forms.CharField(label=gettext_lazy("Company name"), max_length=200)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=60, required=False)
    website = forms.CharField(label=gettext_lazy("Website"), max_length=200, required=False)
    tax_number = forms.CharField(label=gettext_lazy("Tax number"), max_length=40, required=False)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=language_choices, required=False)

    def __init__(self, *args: Any, customer: Customer, parts: frozenset[str], **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(customer, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        for name in self.base_fields.keys() - parts:
            del self.fields[name]


def _customer(request: PageRequest) -> Customer:
    actor = request.actor
    return get_object_or_404(customers(actor).select_related("representative"), pk=actor.customer_id)


def _home() -> str:
    return reverse("portal:customer")


@portal_page(VIEW_ACCOUNT)
def customer_page(request: PageRequest) -> HttpResponseBase:
    customer = _customer(request)
    actor = request.actor
    parts = parts_to_edit(customer, actor)
    context = {
        "title": _("Company"),
        "customer": customer,
        "facts": _facts(customer),
        "addresses": addresses(actor).filter(customer=customer),
        "contacts": contacts_with_sign_in(actor).filter(customer=customer, is_enabled=True)[:100],
        "may_edit_profile": bool(parts & ProfileForm.base_fields.keys()),
        "may_edit_billing": "billing_address" in parts,
        "may_edit_shipping": "shipping_addresses" in parts,
        "may_edit_contacts": "contacts" in parts,
    }
    return render(request, "portal/customer/page.html", context)


def _facts(customer: Customer) -> list[tuple[str, Any]]:
    representative = customer.representative
    return [
        (_("Account number"), customer.number),
        (_("Company name"), customer.name),
        (_("E-mail"), customer.email),
        (_("Phone"), customer.phone),
        (_("Website"), customer.website),
        (_("Tax number"), customer.tax_number),
        (_("Payment terms"), customer.terms),
        (
            _("Your contact with us"),
            f"{representative.name}, {representative.email}" if representative else "",
        ),
    ]


def _answer(request: PageRequest, form: forms.Form, title: str, **extra: Any) -> HttpResponseBase | None:
    """Return the form's page, or None where it is filled in well."""
    context = {"title": title, "form": form, "cancel": _home(), **extra}
    if request.method != "POST":
        return render(request, FORM, context)
    return None if form.is_valid() else invalid(request, FORM, context)


@portal_page(EDIT_PROFILE)
def customer_edit(request: PageRequest) -> HttpResponseBase:
    customer = _customer(request)
    parts = parts_to_edit(customer, request.actor)
    form = ProfileForm(request.POST or None, customer=customer, parts=parts)
    if not parts & form.base_fields.keys():
        raise Http404
    if answer := _answer(request, form, _("Edit company")):
        return answer
    change_customer(customer, by=request.actor, **form.cleaned_data)
    return done(request, _home(), _("Saved."))


@portal_page(EDIT_PROFILE)
def address_new(request: PageRequest, kind: str) -> HttpResponseBase:
    if kind not in Address.Kind.values:
        raise Http404
    form = AddressForm(request.POST or None, kind=kind)
    if answer := _answer(request, form, _("New address")):
        return answer
    add_address(_customer(request), kind=kind, by=request.actor, **form.cleaned_data)
    return done(request, _home(), _("Saved."))


def _address(request: PageRequest, pk: int) -> Address:
    actor = request.actor
    return get_object_or_404(addresses(actor), pk=pk, customer_id=actor.customer_id)


@portal_page(EDIT_PROFILE)
def address_edit(request: PageRequest, pk: int) -> HttpResponseBase:
    address = _address(request, pk)
    initial = {name: getattr(address, name) for name in AddressForm.base_fields}
    form = AddressForm(request.POST or None, kind=address.kind, initial=initial)
    removal = reverse("portal:customer_address_removal", args=[pk])
    if answer := _answer(request, form, _("Address"), removal=removal):
        return answer
    change_address(address, by=request.actor, **form.cleaned_data)
    return done(request, _home(), _("Saved."))


@require_POST
@portal_page(EDIT_PROFILE)
def address_removal(request: PageRequest, pk: int) -> HttpResponseBase:
    remove_address(_address(request, pk), by=request.actor)
    return done(request, _home(), _("Removed."))


@portal_page(EDIT_PROFILE)
def contact_new(request: PageRequest) -> HttpResponseBase:
    form = ContactForm(request.POST or None)
    if answer := _answer(request, form, _("New contact")):
        return answer
    add_contact(_customer(request), by=request.actor, **form.cleaned_data)
    return done(request, _home(), _("Saved."))


def _contact(request: PageRequest, pk: int) -> Contact:
    """Return a contact that has no sign-in; members are the team's, not the file's."""
    actor = request.actor
    rows = having_sign_in(contacts(actor).filter(customer=_customer(request)), False)
    return get_object_or_404(rows, pk=pk)


@portal_page(EDIT_PROFILE)
def contact_edit(request: PageRequest, pk: int) -> HttpResponseBase:
    contact = _contact(request, pk)
    initial = {name: getattr(contact, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=initial)
    removal = reverse("portal:customer_contact_removal", args=[pk])
    if answer := _answer(request, form, contact.name, removal=removal):
        return answer
    change_contact(contact, by=request.actor, **form.cleaned_data)
    return done(request, _home(), _("Saved."))


@require_POST
@portal_page(EDIT_PROFILE)
def contact_removal(request: PageRequest, pk: int) -> HttpResponseBase:
    remove_contact(_contact(request, pk), by=request.actor)
    return done(request, _home(), _("Removed."))


urls = [
    path("customer/", customer_page, name="customer"),
    path("customer/edit/", customer_edit, name="customer_edit"),
    path("customer/addresses/new/<str:kind>/", address_new, name="customer_address_new"),
    path("customer/addresses/<int:pk>/", address_edit, name="customer_address"),
    path("customer/addresses/<int:pk>/removal/", address_removal, name="customer_address_removal"),
    path("customer/contacts/new/", contact_new, name="customer_contact_new"),
    path("customer/contacts/<int:pk>/", contact_edit, name="customer_contact"),
    path("customer/contacts/<int:pk>/removal/", contact_removal, name="customer_contact_removal"),
]
