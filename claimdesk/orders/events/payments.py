"""What happened to payments, in the past tense. Sums are written out, with their currency."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("payment.booked", _("{actor} booked a payment of {amount} on {on}"))
class PaymentBooked:
    """`on` is the number of the invoice, or of the order that was paid in advance."""

    payment_id: int
    amount: str
    on: str
    paid_on: str
    reference: str = ""


@event("payment.unbooked", _("{actor} took back a payment of {amount} on {on}: {reason}"))
class PaymentUnbooked:
    payment_id: int
    counter_entry_id: int
    amount: str
    on: str
    reason: str
