"""Handlers of timers of warranty claims and RMAs, as the system."""

from claimdesk.aftersales.actions.rmas.issuing import expire_rma
from claimdesk.aftersales.actions.warranty_claims.decisions import let_lapse
from claimdesk.aftersales.actions.warranty_claims.review import remind_of_question
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.queries.rmas import rmas
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Timer


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


def rma_expires(timer: Timer) -> str:
    """Let an RMA expire of which nothing came in time (M4)."""
    rma = rmas(SYSTEM).filter(pk=timer.subject.rpartition("/")[2]).first()
    return expire_rma(rma, by=SYSTEM) if rma else "gone"


def _claim_of(timer: Timer) -> WarrantyClaim | None:
    return warranty_claims(SYSTEM).filter(pk=timer.subject.rpartition("/")[2]).first()
