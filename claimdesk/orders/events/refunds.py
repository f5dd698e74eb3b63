"""What happened to refunds, in the past tense. Sums are written out, with their currency."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("order.refunded", _("{actor} refunded {amount} for {what} of order {order}"))
class OrderRefunded:
    """`refund_ids` are the parts: credits, which are done, and payouts, which a provider has yet to make."""

    refund_ids: list[int]
    order: str
    what: str
    amount: str
    reclamation_id: int | None = None


@event("refund.paid_out", _("{amount} was paid out {method}; reference {reference}"))
class RefundPaidOut:
    refund_id: int
    amount: str
    method: str
    reference: str = ""


@event("refund.failed", _("The payout of {amount} was refused: {answer}"))
class RefundFailed:
    refund_id: int
    amount: str
    method: str
    answer: str


@event("refund.retried", _("{actor} had the payout of {amount} tried again"))
class RefundRetried:
    refund_id: int
    amount: str
    method: str
