"""Payouts of refunds: asked of a provider until it answers, noted by hand, tried again (O20)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.actions.timers import cancel_timer, set_timer
from claimdesk.ledger.models import subject_key
from claimdesk.ledger.record import record
from claimdesk.orders.actions.refunds import PAYING_OUT
from claimdesk.orders.events.refunds import RefundFailed, RefundPaidOut, RefundRetried
from claimdesk.orders.models import Refund
from claimdesk.orders.money_words import plain_sum
from claimdesk.orders.payments import Answer, providers
from claimdesk.orders.permissions import REFUND

BY_HAND = "by_hand"
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 720, 1440))


@transaction.atomic
def begin_payout(refund: Refund, *, by: Actor) -> None:
    """Note that a provider is asked, before it is: should the process die, it is asked again with the same key.

    Records: nothing; attempts stand on the refund.
    """
    by.require(REFUND)
    Refund.objects.filter(pk=refund.pk).update(attempts=F("attempts") + 1)
    refund.refresh_from_db()
    set_timer(PAYING_OUT, subject_key(refund), due_at=now() + _pause(refund.attempts))


@transaction.atomic
def end_payout(refund: Refund, *, answer: Answer | None, by: Actor) -> None:
    """Note what a provider said; without an answer the refund stays pending, and is asked for again.

    An answer that comes late, after another, changes nothing.
    Records: RefundPaidOut, RefundFailed.
    """
    by.require(REFUND)
    pending = Refund.objects.filter(pk=refund.pk, state=Refund.State.PENDING)
    if answer is None:
        pending.update(answer=_("No answer yet"))
        return
    cancel_timer(PAYING_OUT, subject_key(refund))
    words, reference = tidy(answer.words)[:200], answer.reference[:120]
    if answer.outcome == "done":
        if pending.update(state=Refund.State.DONE, settled_at=now(), reference=reference, answer=""):
            record(_paid_out(refund, reference), about=refund.order, by=by)
    elif answer.outcome == "refused" and pending.update(state=Refund.State.FAILED, answer=words):
        record(RefundFailed(refund.pk, _sum(refund), refund.method, words), about=refund.order, by=by)


@transaction.atomic
def confirm_payout(refund: Refund, *, reference: str = "", by: Actor) -> None:
    """Note that money was paid out by hand.

    Refuses: `already_settled`, `not_by_hand`.
    Records: RefundPaidOut.
    """
    by.require(REFUND)
    if refund.method != BY_HAND:
        raise Refused("not_by_hand", _("Its provider pays this refund out, and says when it has."))
    reference = tidy(reference)[:120]
    move(
        refund,
        to=Refund.State.DONE,
        expect=(Refund.State.PENDING,),
        reference=reference,
        answer="",
        settled_at=now(),
    )
    record(_paid_out(refund, reference), about=refund.order, by=by)


@transaction.atomic
def retry_payout(refund: Refund, *, method: str, by: Actor) -> None:
    """Have a payout that was refused tried again, under the same key, by the same provider or another.

    Refuses: `already_settled`, `unknown_method`.
    Records: RefundRetried.
    """
    by.require(REFUND)
    if method not in {each.key for each in providers()}:
        raise Refused("unknown_method", _("There is no such way to pay out."))
    move(
        refund,
        to=Refund.State.PENDING,
        expect=(Refund.State.FAILED,),
        method=method,
        answer="",
        attempts=0,
    )
    set_timer(PAYING_OUT, subject_key(refund), due_at=now())
    record(RefundRetried(refund.pk, _sum(refund), method), about=refund.order, by=by)


def _pause(attempts: int) -> timedelta:
    return PAUSES[min(attempts, len(PAUSES)) - 1]


def _sum(refund: Refund) -> str:
    return plain_sum(refund.amount, refund.currency)


def _paid_out(refund: Refund, reference: str) -> RefundPaidOut:
    return RefundPaidOut(refund.pk, _sum(refund), refund.method, reference)
