"""The worker's part of a payout: the provider is asked, outside any transaction (O20)."""

from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Timer
from claimdesk.orders.actions.payouts import begin_payout, end_payout
from claimdesk.orders.models import Refund
from claimdesk.orders.payments import Answer, Payout, ProviderSilent, provider_named
from claimdesk.orders.queries.refunds import refund_of_subject


def pay_out(timer: Timer) -> str:
    """Ask the provider of a pending refund to pay it out, or to say what came of it.

    The next time to ask is set before: only an answer calls it off. So a refund whose provider is silent, or whose
    worker dies in between, stays pending and is asked for again with the same key.
    """
    refund = refund_of_subject(timer.subject, SYSTEM)
    if refund is None or refund.state != Refund.State.PENDING or refund.kind != Refund.Kind.PAYOUT:
        return "nothing to pay out"
    begin_payout(refund, by=SYSTEM)
    answer = _ask(refund)
    end_payout(refund, answer=answer, by=SYSTEM)
    if answer is None:
        return "no answer; it is asked again"
    return f"{answer.outcome} {answer.reference or answer.words}".strip()


def _ask(refund: Refund) -> Answer | None:
    try:
        return provider_named(refund.method).pay_out(
            Payout(
                key=refund.idempotency_key,
                amount=refund.amount,
                currency=refund.currency,
                customer_number=refund.order.customer.number,
                order_number=refund.order.number,
            )
        )
    except ProviderSilent:
        return None
