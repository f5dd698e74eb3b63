"""An invoice's page in the office: lines, payments, what is open; booking, voiding, the PDF (O17)."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.company.queries.company import company
from claimdesk.kernel.clock import today
from claimdesk.ledger.queries.timeline import events_about, timeline
from claimdesk.office.forms.money import PaymentForm, ReasonForm
from claimdesk.office.invoices import invoice_url
from claimdesk.office.timelines import entries_of
from claimdesk.orders.actions.invoices import void_invoice
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.models import Invoice
from claimdesk.orders.permissions import EDIT_INVOICES, RECORD_PAYMENTS, VIEW_INVOICES
from claimdesk.web.answers import done, invalid
from claimdesk.web.documents.answer import pdf_answer
from claimdesk.web.gates import office_page
from claimdesk.web.invoice_page import invoice_context, invoice_or_404
from claimdesk.web.requests import PageRequest

FORM = "office/invoices/form.html"


@office_page(VIEW_INVOICES)
def invoice_page(request: PageRequest, pk: int) -> HttpResponse:
    invoice, actor = invoice_or_404(request.actor, pk), request.actor
    is_open = invoice.state == Invoice.State.OPEN
    context = invoice_context(invoice, actor) | {
        "entries": entries_of(timeline(events_about(invoice), with_outcomes=True)),
        "may_book": actor.may(RECORD_PAYMENTS) and invoice.open_amount > 0,
        "may_unbook": actor.may(RECORD_PAYMENTS),
        "may_void": actor.may(EDIT_INVOICES) and is_open,
    }
    return render(request, "office/invoices/page.html", context)


@office_page(VIEW_INVOICES)
def invoice_pdf(request: PageRequest, pk: int) -> HttpResponseBase:
    return pdf_answer(invoice_or_404(request.actor, pk))


@office_page(RECORD_PAYMENTS)
def payment_new(request: PageRequest, pk: int) -> HttpResponse:
    """Book a payment on the invoice."""
    invoice = invoice_or_404(request.actor, pk)
    form = PaymentForm(
        request.POST if request.method == "POST" else None,
        currency=invoice.currency,
        open_amount=invoice.open_amount,
        today=today(company().time_zone),
    )
    title = _("Book a payment on %(number)s") % {"number": invoice.number}
    if answer := _asked(request, invoice, form, title=title, button=_("Book")):
        return answer
    book_payment(invoice=invoice, by=request.actor, **form.cleaned_data)
    return done(request, invoice_url(invoice), _("The payment is booked."))


@office_page(EDIT_INVOICES)
def invoice_voiding(request: PageRequest, pk: int) -> HttpResponse:
    """Ask why; a POST declares the invoice void."""
    invoice = invoice_or_404(request.actor, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    title = _("Void invoice %(number)s") % {"number": invoice.number}
    style = {"button": _("Void the invoice"), "button_class": "btn-danger"}
    if answer := _asked(request, invoice, form, title=title, **style):
        return answer
    void_invoice(invoice, reason=form.cleaned_data["reason"], by=request.actor)
    return done(request, invoice_url(invoice), _("The invoice is void."))


def _asked(
    request: PageRequest, invoice: Invoice, form: Any, *, title: str, **more: str
) -> HttpResponse | None:
    """Return the form's page, or None where it is filled in well."""
    context = {"title": title, "form": form, "invoice": invoice, "cancel": invoice_url(invoice), **more}
    if request.method != "POST":
        return render(request, FORM, context)
    return None if form.is_valid() else invalid(request, FORM, context)


urls = [
    path("invoices/<int:pk>/", invoice_page, name="invoice"),
    path("invoices/<int:pk>/pdf/", invoice_pdf, name="invoice_pdf"),
    path("invoices/<int:pk>/payments/", payment_new, name="invoice_payment"),
    path("invoices/<int:pk>/voiding/", invoice_voiding, name="invoice_voiding"),
]
