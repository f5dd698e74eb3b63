"""Answer a paper as a file."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from claimdesk.aftersales.models import Rma
from claimdesk.aftersales.queries.rmas import about_of, lines_of_rma
from claimdesk.company.queries.company import company
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.customers.models import Address
from claimdesk.kernel.refused import Refused
from claimdesk.orders.models import Invoice
from claimdesk.web.addresses import address_of
from claimdesk.web.documents.invoice import InvoicePaper, draw_invoice
from claimdesk.web.documents.slip import SlipPaper, draw_slip


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
    """Answer an invoice as a PDF to keep."""
    return _kept(invoice_as_pdf(invoice), name=invoice.number)


def slip_answer(rma: Rma) -> HttpResponse:
    """Answer an RMA's slip as a PDF to keep, in the reader's language and date format.

    Refuses: `no_slip`.
    """
    if not rma.has_slip:
        raise Refused(
            "no_slip", _("There is a slip from when the RMA is issued until it is canceled or expires.")
        )
    paper = SlipPaper(
        rma=rma,
        about=about_of(rma),
        lines=list(lines_of_rma(rma)),
        seller=company(),
        language=get_language() or "en",
        address=settings.BASE_URL + address_of("office:rma", rma.pk),
    )
    return _kept(draw_slip(paper), name=rma.number)


def _kept(content: bytes, *, name: str) -> HttpResponse:
    """Answer a file to keep; the browser neither guesses what it is nor stores it in a shared cache."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(f'{name}.pdf', safe='')}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
