"""Handlers of timers of warranty claims and RMAs, as the system."""

from datetime import timedelta

from django.db import transaction

from claimdesk.aftersales.actions.rmas.issuing import expire_rma
from claimdesk.aftersales.actions.warranty_claims.decisions import let_lapse
from claimdesk.aftersales.actions.warranty_claims.old_drafts import (
    ENDS_AFTER,
    WARNED_BEFORE,
    end_old_draft,
    warn_of_old_draft,
)
from claimdesk.aftersales.actions.warranty_claims.review import remind_of_question
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.queries.rmas import rmas
from claimdesk.aftersales.queries.warranty_claims import drafts_left_alone, warranty_claims
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import Timer

OLD_DRAFTS = "warranty_claims.old_drafts"
AT_ONCE = 200


def question_waits(timer: Timer) -> str:
    """Call a question to the customer's mind, or end the claim for want of an answer (W10)."""
    claim = _claim_of(timer)
    return remind_of_question(claim, by=SYSTEM) if claim else "gone"


def appeal_is_over(timer: Timer) -> str:
    """Close a rejected claim against which nobody appealed in time (W11)."""
    claim = _claim_of(timer)
    if claim is None or claim.state != WarrantyClaim.State.REJECTED:
        return "moved on"
    let_lapse(claim, by=SYSTEM)
    return "closed"


def drafts_grow_old(timer: Timer) -> str:
    """Warn of drafts that nobody touched for 83 days, and look again tomorrow (W16)."""
    warned, last = 0, 0
    while company().end_old_drafts:
        old = drafts_left_alone(since=now() - ENDS_AFTER + WARNED_BEFORE, limit=AT_ONCE, after=last)
        if not old:
            break
        warned += sum(warn_of_old_draft(claim, by=SYSTEM) for claim in old)
        last = old[-1].pk
    with transaction.atomic():
        set_timer(timer.kind, timer.subject, due_at=now() + timedelta(days=1))
    return f"warned of {warned}"


def draft_ends(timer: Timer) -> str:
    """End a draft that was left alone after the warning, too (W16)."""
    claim = _claim_of(timer)
    return end_old_draft(claim, by=SYSTEM) if claim else "gone"


def rma_expires(timer: Timer) -> str:
    """Let an RMA expire of which nothing came in time (M4)."""
    rma = rmas(SYSTEM).filter(pk=timer.subject.rpartition("/")[2]).first()
    return expire_rma(rma, by=SYSTEM) if rma else "gone"


def _claim_of(timer: Timer) -> WarrantyClaim | None:
    return warranty_claims(SYSTEM).filter(pk=timer.subject.rpartition("/")[2]).first()
