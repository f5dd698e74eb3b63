"""Manage contacts: people on file, with and without a sign-in (A69, A78)."""

from typing import Any

import django_filters
from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from claimdesk.access.actions.contact_mapping import map_contact
from claimdesk.access.queries.contacts import contacts_with_sign_in, having_sign_in, search_contacts
from claimdesk.customers.actions.contacts import (
    add_contact,
    change_contact,
    disable_contact,
    enable_contact,
    remove_contact,
)
from claimdesk.customers.models import Contact
from claimdesk.customers.permissions import EDIT_CUSTOMERS, VIEW_CUSTOMERS
from claimdesk.customers.queries.customers import customers
from claimdesk.office.cells.contacts import enabled_cell
from claimdesk.office.customers import customer_url
from claimdesk.office.forms.contacts import EditContactForm
from claimdesk.web.addresses import address_of
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import office_page
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.numbers import LARGEST_KEY
from claimdesk.web.record_forms import ContactForm
from claimdesk.web.requests import PageRequest

EDIT = "office/contacts/edit.html"
NEW = "office/contacts/new.html"


def contact_url(contact: Contact) -> str:
    """Return the address of a contact's page."""
    return address_of("office:contact", contact.pk)


class ContactFilters(django_filters.FilterSet):
    """Filters of Manage contacts; both states show at first."""

    enabled = django_filters.ChoiceFilter(
        method="being_enabled",
        choices=[("yes", gettext_lazy("Enabled")), ("no", gettext_lazy("Disabled"))],
        label=gettext_lazy("Enabled"),
        empty_label=gettext_lazy("Both"),
    )
    sign_in = django_filters.ChoiceFilter(
        method="with_sign_in",
        choices=[("yes", gettext_lazy("With")), ("no", gettext_lazy("Without"))],
        label=gettext_lazy("Sign-in"),
        empty_label=gettext_lazy("Both"),
    )
    customer = django_filters.NumberFilter(
        field_name="customer_id",
        label=gettext_lazy("Customer"),
        widget=forms.HiddenInput,
        max_value=LARGEST_KEY,
    )

    def being_enabled(self, rows: QuerySet[Contact], name: str, value: str) -> QuerySet[Contact]:
        return rows.filter(is_enabled=value == "yes")

    def with_sign_in(self, rows: QuerySet[Contact], name: str, value: str) -> QuerySet[Contact]:
        return having_sign_in(rows, value == "yes")


PAGE = ListPage(
    name="contacts",
    title=gettext_lazy("Manage contacts"),
    rows=contacts_with_sign_in,
    columns=(
        Column("username", gettext_lazy("Username"), link=contact_url, dialog=True),
        Column(
            "name", gettext_lazy("Full name"), sort="name_folded", link=contact_url, dialog=True, heading=True
        ),
        Column("email", gettext_lazy("E-mail")),
        Column(
            "customer",
            gettext_lazy("Customer"),
            value="customer.name",
            link=lambda contact: customer_url(contact.customer),
        ),
        Column(
            "enabled",
            gettext_lazy("Enabled"),
            value="is_enabled",
            cell=enabled_cell,
        ),
        Column("phone", gettext_lazy("Phone"), shown=False),
        Column("title", gettext_lazy("Title"), shown=False),
        Column("customer_number", gettext_lazy("Customer number"), value="customer.number", shown=False),
    ),
    sort="name",
    filters=ContactFilters,
    search=search_contacts,
    search_hint=gettext_lazy("Username, name, e-mail or customer"),
    presets=(
        Preset(gettext_lazy("Both"), ""),
        Preset(gettext_lazy("Enabled"), "enabled=yes"),
        Preset(gettext_lazy("Disabled"), "enabled=no"),
    ),
    row_url=contact_url,
    row_dialog=True,
    empty=Empty(
        gettext_lazy("No contacts yet"),
        gettext_lazy("People on file at customers stand here, with and without a sign-in."),
        icon="id",
    ),
)


@office_page(VIEW_CUSTOMERS)
def contacts_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE)


@office_page(EDIT_CUSTOMERS)
def contact_new(request: PageRequest, pk: int) -> HttpResponseBase:
    customer = get_object_or_404(customers(request.actor), pk=pk)
    form = ContactForm(request.POST or None)
    context = {
        "title": _("New contact"),
        "form": form,
        "customer": customer,
        "cancel": customer_url(customer),
    }
    if request.method != "POST":
        return render(request, NEW, context)
    if not form.is_valid():
        return invalid(request, NEW, context)
    add_contact(customer, by=request.actor, **form.cleaned_data)
    return done(request, customer_url(customer), _("Saved."))


@office_page(EDIT_CUSTOMERS)
def contact_edit(request: PageRequest, pk: int) -> HttpResponseBase:
    actor = request.actor
    contact = get_object_or_404(contacts_with_sign_in(actor), pk=pk)
    has_sign_in = contact.username is not None  # type: ignore[attr-defined]  # the query annotates it
    form = EditContactForm(request.POST or None, contact=contact, actor=actor, has_sign_in=has_sign_in)
    context: dict[str, Any] = {
        "title": contact.name,
        "form": form,
        "contact": contact,
        "has_sign_in": has_sign_in,
        "cancel": reverse("office:contacts"),
    }
    if request.method != "POST":
        return render(request, EDIT, context)
    if not form.is_valid():
        return invalid(request, EDIT, context)
    _save(form, contact, request)
    return done(request, _where_from(request, contact), _("Saved."))


@transaction.atomic
def _save(form: EditContactForm, contact: Contact, request: PageRequest) -> None:
    """Save the fields, the switch and the mapped account: all or, where one is refused, none."""
    actor = request.actor
    fields = dict(form.cleaned_data)
    enabled, customer = fields.pop("enabled"), fields.pop("mapped_account", None)
    row = change_contact(contact, by=actor, **fields)
    if enabled != row.is_enabled:
        (enable_contact if enabled else disable_contact)(row, by=actor)
    if customer is not None and customer.pk != row.customer_id:
        map_contact(row, to=customer, by=actor)


def _where_from(request: PageRequest, contact: Contact) -> str:
    """Return the list when the dialog was opened over it, else the customer's page."""
    over = request.headers.get("HX-Current-URL", reverse("office:contacts"))
    return (
        reverse("office:contacts") if reverse("office:contacts") in over else customer_url(contact.customer)
    )


@require_POST
@office_page(EDIT_CUSTOMERS)
def contact_removal(request: PageRequest, pk: int) -> HttpResponseBase:
    contact = get_object_or_404(contacts_with_sign_in(request.actor), pk=pk)
    remove_contact(contact, by=request.actor)
    return done(request, _where_from(request, contact), _("%s was removed.") % contact.name)


urls = [
    path("contacts/", contacts_page, name="contacts"),
    path("contacts/<int:pk>/", contact_edit, name="contact"),
    path("contacts/<int:pk>/removal/", contact_removal, name="contact_removal"),
    path("customers/<int:pk>/contacts/", contact_new, name="contact_new"),
]
