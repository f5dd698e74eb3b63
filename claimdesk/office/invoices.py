"""Sales › Invoices: the list (O17)."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.money import to_decimal
from claimdesk.office.cells.invoices import invoice_customer_cell
from claimdesk.orders.models import Invoice
from claimdesk.orders.permissions import VIEW_INVOICES
from claimdesk.orders.queries.invoices import invoices, search_invoices, standings, with_standing
from claimdesk.web.addresses import address_of
from claimdesk.web.gates import office_page
from claimdesk.web.invoice_cells import open_cell, standing_cell, total_cell
from claimdesk.web.invoice_filters import InvoiceFilters
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.numbers import LARGEST_KEY
from claimdesk.web.requests import PageRequest


def invoice_url(invoice: Invoice) -> str:
    """Return the address of an invoice's page."""
    return address_of("office:invoice", invoice.pk)


class OfficeInvoiceFilters(InvoiceFilters):
    """Filters of invoices; one customer's are led to from its page."""

    customer = django_filters.NumberFilter(
        field_name="customer_id", label=_("Customer"), widget=forms.HiddenInput, max_value=LARGEST_KEY
    )


def _counts(actor: Actor) -> dict[str, int]:
    return {f"standing={name}": number for name, number in standings(actor).items()}


def _rows(actor: Actor) -> QuerySet[Invoice]:
    return with_standing(invoices(actor)).select_related("customer", "order")


def _in_currency(name: str) -> Any:
    return lambda invoice: to_decimal(getattr(invoice, name), invoice.currency)


PAGE = ListPage(
    name="invoices",
    title=_("Invoices"),
    rows=_rows,
    columns=(
        Column("number", _("Number"), link=invoice_url, heading=True),
        Column("customer", _("Customer"), value="customer.name", cell=invoice_customer_cell),
        Column("order", _("Order"), value="order.number"),
        Column("issued_on", _("Date"), sort="issued_on"),
        Column("due_on", _("Due"), sort="due_on"),
        Column("standing", _("Status"), cell=standing_cell),
        Column("total", _("Total"), cell=total_cell, export=_in_currency("total"), numeric=True),
        Column("open", _("Open amount"), cell=open_cell, export=_in_currency("open_amount"), numeric=True),
        Column("currency", _("Currency"), shown=False),
        Column("customer_number", _("Customer number"), value="customer.number", shown=False),
        Column(
            "paid",
            _("Paid"),
            export=_in_currency("paid"),
            value=_in_currency("paid"),
            numeric=True,
            shown=False,
        ),
        Column(
            "credited",
            _("Credited"),
            value=_in_currency("credited"),
            export=_in_currency("credited"),
            numeric=True,
            shown=False,
        ),
    ),
    sort="-issued_on",
    filters=OfficeInvoiceFilters,
    search=search_invoices,
    search_hint=_("Number, order or customer"),
    presets=(
        Preset(_("All"), ""),
        Preset(_("Open"), "standing=open"),
        Preset(_("Overdue"), "standing=overdue"),
        Preset(_("Paid"), "standing=paid"),
        Preset(_("Void"), "standing=void"),
    ),
    counts=_counts,
    row_url=invoice_url,
    empty=Empty(
        _("No invoices yet"),
        _("Invoices come from the ERP, or are written on an order's page."),
        icon="file-invoice",
    ),
)


@office_page(VIEW_INVOICES)
def invoices_page(request: PageRequest) -> HttpResponseBase:
    return render_list(request, PAGE)


urls = [path("invoices/", invoices_page, name="invoices")]
