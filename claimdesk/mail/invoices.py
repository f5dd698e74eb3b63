"""The mail that an invoice is issued."""

from django.utils.translation import override

from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.dates import day
from claimdesk.kernel.money import format_amount
from claimdesk.ledger.models import Event
from claimdesk.mail.compose import outcome, post
from claimdesk.mail.links import absolute
from claimdesk.orders.models import Invoice
from claimdesk.orders.queries.invoices import invoices


def invoice_issued(event: Event) -> str:
    """Tell the customer; an invoice that is void by now is not sent."""
    found = invoices(SYSTEM).select_related("customer", "order")
    invoice = found.filter(pk=event.data["invoice_id"]).first()
    if invoice is None or invoice.state == Invoice.State.VOID:
        return "void by now"
    language = supported_language(invoice.customer.language)
    with override(language):
        context = {
            "customer": invoice.customer.name,
            "invoice": invoice.number,
            "total": format_amount(invoice.total, invoice.currency, language),
            "open": format_amount(invoice.open_amount, invoice.currency, language),
            "due_on": day(invoice.due_on),
            "order": invoice.order.number if invoice.order else "",
            "link": absolute("portal:invoice", invoice.pk),
        }
    return outcome(
        post(
            "invoice_issued",
            event=event,
            to=invoice.customer.email,
            customer=invoice.customer,
            language=language,
            context=context,
        )
    )
