"""Answer a paper as a file."""

from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import override

from claimdesk.company.queries.company import company
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.customers.models import Address
from claimdesk.orders.models import Invoice
from claimdesk.web.documents.invoice import InvoicePaper, draw_invoice


def invoice_as_pdf(invoice: Invoice) -> bytes:
    """Return an invoice as PDF, in the customer's language."""
    customer = invoice.customer
    language = supported_language(customer.language)
    billing = customer.addresses.filter(kind=Address.Kind.BILLING).first()
    paper = InvoicePaper(
        invoice=invoice,
        lines=list(invoice.lines.order_by("pk")),
        customer=customer,
        address=billing,
        seller=company(),
        language=language,
        order_number=invoice.order.number if invoice.order else "",
        po_number=invoice.order.po_number if invoice.order else "",
    )
    with override(language):
        return draw_invoice(paper)


def pdf_answer(invoice: Invoice) -> HttpResponse:
    """Answer an invoice as a PDF to keep; the browser neither guesses what it is nor stores it in a shared cache."""
    name = quote(f"{invoice.number}.pdf", safe="")
    return HttpResponse(
        invoice_as_pdf(invoice),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
