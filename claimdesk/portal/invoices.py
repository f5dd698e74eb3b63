"""The account's invoices: what is open and due, what was paid, each as PDF (O3)."""

from dataclasses import replace

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.money import to_decimal
from claimdesk.orders.models import Invoice
from claimdesk.orders.permissions import SEE_INVOICES
from claimdesk.orders.queries.invoices import (
    invoices,
    open_sums,
    search_invoices,
    with_standing,
)
from claimdesk.orders.queries.payments import payments
from claimdesk.web.addresses import address_of
from claimdesk.web.documents.answer import pdf_answer
from claimdesk.web.gates import portal_page
from claimdesk.web.invoice_cells import open_cell, standing_cell, total_cell
from claimdesk.web.invoice_filters import InvoiceFilters
from claimdesk.web.invoice_page import invoice_context, invoice_or_404
from claimdesk.web.lists import Column, Empty, ListPage, Preset, render_list
from claimdesk.web.order_papers import shown_payments
from claimdesk.web.requests import PageRequest

MOST_PAYMENTS = 50


def invoice_url(invoice: Invoice) -> str:
    """Return the address of an invoice's page."""
    return address_of("portal:invoice", invoice.pk)


def pdf_cell(invoice: Invoice, _actor: Actor) -> SafeString:
    """Show the way to the PDF."""
    label = _("Invoice %(number)s as PDF") % {"number": invoice.number}
    html = '<div class="row-actions"><a class="btn btn-sm" href="{}" aria-label="{}">PDF</a></div>'
    return format_html(html, address_of("portal:invoice_pdf", invoice.pk), label)


PAGE = ListPage(
    name="invoices",
    title=gettext_lazy("Invoices"),
    rows=lambda actor: with_standing(invoices(actor)).select_related("order"),
    columns=(
        Column("number", gettext_lazy("Number"), link=invoice_url, heading=True),
        Column("order", gettext_lazy("Order"), value="order.number"),
        Column("po_number", gettext_lazy("PO number"), value="order.po_number"),
        Column("issued_on", gettext_lazy("Date"), sort="issued_on"),
        Column("due_on", gettext_lazy("Due"), sort="due_on"),
        Column("standing", gettext_lazy("Status"), cell=standing_cell),
        Column(
            "total",
            gettext_lazy("Total"),
            cell=total_cell,
            export=lambda invoice: to_decimal(invoice.total, invoice.currency),
            numeric=True,
        ),
        Column(
            "open",
            gettext_lazy("Open amount"),
            cell=open_cell,
            export=lambda invoice: to_decimal(invoice.open_amount, invoice.currency),
            numeric=True,
        ),
        Column("currency", gettext_lazy("Currency"), shown=False),
        Column("pdf", gettext_lazy("PDF"), value="number", cell=pdf_cell, exported=False),
    ),
    sort="-issued_on",
    filters=InvoiceFilters,
    search=search_invoices,
    search_hint=gettext_lazy("Number of the invoice or the order"),
    presets=(
        Preset(gettext_lazy("All"), ""),
        Preset(gettext_lazy("Open"), "standing=open"),
        Preset(gettext_lazy("Overdue"), "standing=overdue"),
        Preset(gettext_lazy("Paid"), "standing=paid"),
    ),
    row_url=invoice_url,
    template="portal/invoices/list.html",
    layout="web/portal.html",
    empty=Empty(
        gettext_lazy("No invoices yet"),
        gettext_lazy("As soon as an order is invoiced, the invoice stands here."),
        icon="file-invoice",
    ),
)


@portal_page(SEE_INVOICES)
def invoices_page(request: PageRequest) -> HttpResponseBase:
    """The list, with what is open above it; both ask for the account's invoices once."""
    on, rows = today(request.seller.time_zone), invoices(request.actor)
    listed = with_standing(rows, on=on).select_related("order")
    page = replace(PAGE, rows=lambda _actor: listed)
    return render_list(request, page, open_sums=open_sums(rows, on=on))


@portal_page(SEE_INVOICES)
@require_GET
def payments_page(request: PageRequest) -> HttpResponse:
    """The payment history of the account, the newest first."""
    rows = payments(request.actor).order_by("-paid_on", "-pk")[:MOST_PAYMENTS]
    context = {"title": _("Payments"), "payments": shown_payments(rows), "most": MOST_PAYMENTS}
    return render(request, "portal/invoices/payments.html", context)


@portal_page(SEE_INVOICES)
@require_GET
def invoice_page(request: PageRequest, pk: int) -> HttpResponse:
    return render(
        request,
        "portal/invoices/page.html",
        invoice_context(invoice_or_404(request.actor, pk), request.actor),
    )


@portal_page(SEE_INVOICES)
@require_GET
def invoice_pdf(request: PageRequest, pk: int) -> HttpResponse:
    return pdf_answer(invoice_or_404(request.actor, pk))


urls = [
    path("invoices/", invoices_page, name="invoices"),
    path("invoices/payments/", payments_page, name="payments"),
    path("invoices/<int:pk>/", invoice_page, name="invoice"),
    path("invoices/<int:pk>/pdf/", invoice_pdf, name="invoice_pdf"),
]
