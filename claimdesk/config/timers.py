"""Handlers of timers: each reads its subject and calls the action that is due, as the system."""

from claimdesk.access.actions.account_claim_reminders import remind_of_account_claim
from claimdesk.access.actions.writing import ESCALATION
from claimdesk.access.queries.account_claims import account_claims
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Timer


def account_claim_waits(timer: Timer) -> str:
    """Remind staff of the account claim that the timer is about, or escalate."""
    claim = account_claims(SYSTEM).filter(pk=timer.subject.partition("/")[2]).first()
    if claim is None:
        return "gone"
    is_escalation = timer.kind == ESCALATION
    return remind_of_account_claim(claim, due_at=timer.due_at, is_escalation=is_escalation, by=SYSTEM)
