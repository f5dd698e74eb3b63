"""What happened to invoices, in the past tense. Sums are written out, with their currency."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("invoice.written", _("{actor} wrote invoice {number} for {total}"))
class InvoiceWritten:
    invoice_id: int
    number: str
    total: str
    order_id: int | None = None
    due_on: str = ""


@event("invoice.voided", _("{actor} voided invoice {number}: {reason}"))
class InvoiceVoided:
    invoice_id: int
    number: str
    reason: str
