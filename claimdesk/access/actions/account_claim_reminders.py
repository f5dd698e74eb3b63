"""Reminding staff of account claims that wait (A56)."""

from datetime import datetime, timedelta

from django.db import transaction

from claimdesk.access.actions.writing import ESCALATION, REMINDER
from claimdesk.access.events.account_claims import AccountClaimReminded
from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import Event, subject_key
from claimdesk.ledger.record import record

BETWEEN = timedelta(hours=1)


@transaction.atomic
def remind_of_account_claim(
    claim: AccountClaim, *, due_at: datetime, is_escalation: bool = False, by: Actor
) -> str:
    """Remind staff that `claim` waits; the reminder speaks for all others that wait too long as well.

    So staff hear of a full queue once an hour at most, also when the worker was down for days: a claim that an
    earlier reminder has counted is told no more, one that came due since waits for the next.
    Returns: what came of it, for the timer.
    Records: AccountClaimReminded, unless an earlier one has spoken for it or the claim waits no more.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    if claim.state != AccountClaim.State.PENDING or claim.awaiting != AccountClaim.Awaiting.STAFF:
        return "nobody of staff is awaited"
    told = Event.objects.filter(kind="account_claim.reminded", data__is_escalated=is_escalation)
    last = told.order_by("-id").first()
    if last is not None and last.happened_at >= due_at:
        return f"told with {last.subject}"
    if last is not None and last.happened_at > now() - BETWEEN:
        kind = ESCALATION if is_escalation else REMINDER
        set_timer(kind, subject_key(claim), due_at=last.happened_at + BETWEEN)
        return "told within the hour"
    record(
        AccountClaimReminded(
            claim.pk,
            user=claim.user.name,
            customer=claim.customer.name,
            hours=int((now() - claim.created_at).total_seconds() // 3600),
            others=_others_that_wait(claim, is_escalation),
            is_escalated=is_escalation,
        ),
        about=claim,
        by=by,
    )
    return "reminded"


def _others_that_wait(claim: AccountClaim, is_escalation: bool) -> int:
    seller = company()
    hours = seller.escalate_after_hours if is_escalation else seller.remind_after_hours
    waiting = AccountClaim.objects.filter(
        state=AccountClaim.State.PENDING,
        awaiting=AccountClaim.Awaiting.STAFF,
        created_at__lte=now() - timedelta(hours=hours),
    )
    return waiting.exclude(pk=claim.pk).count()
