"""Drafts that nobody touches: who wrote them is warned, then they end, if the seller wants so (W16)."""

from datetime import timedelta

from django.db import transaction

from claimdesk.aftersales.actions.warranty_claims.writing import require_claim
from claimdesk.aftersales.events.warranty_claims import WarrantyClaimDraftDeleted, WarrantyClaimDraftWarned
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import MAKE_OWN_WARRANTY_CLAIMS
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import Timer, subject_key
from claimdesk.ledger.record import record

DRAFT_ENDS = "warranty_claim.draft_ends"
ENDS_AFTER = timedelta(days=90)
WARNED_BEFORE = timedelta(days=7)


@transaction.atomic
def warn_of_old_draft(claim: WarrantyClaim, *, by: Actor) -> bool:
    """Say that a draft ends in seven days unless somebody touches it; return whether that was said now.

    Records: WarrantyClaimDraftWarned.
    """
    require_claim(claim, MAKE_OWN_WARRANTY_CLAIMS, by=by)
    subject = subject_key(claim)
    is_old = (
        claim.state == WarrantyClaim.State.DRAFT and claim.changed_at <= now() - ENDS_AFTER + WARNED_BEFORE
    )
    is_warned = Timer.objects.filter(kind=DRAFT_ENDS, subject=subject, state=Timer.State.DUE).exists()
    if not is_old or is_warned or not company().end_old_drafts:
        return False
    set_timer(DRAFT_ENDS, subject, due_at=now() + WARNED_BEFORE)
    record(
        WarrantyClaimDraftWarned(claim.pk, claim.serial or "–"), about=claim, customer=claim.customer, by=by
    )
    return True


@transaction.atomic
def end_old_draft(claim: WarrantyClaim, *, by: Actor) -> str:
    """End a draft that was left alone after the warning, too; its trace stays.

    Returns: what came of it: `submitted`, `left alone`, `touched`, `ended`.
    Records: WarrantyClaimDraftDeleted, if it ends.
    """
    require_claim(claim, MAKE_OWN_WARRANTY_CLAIMS, by=by)
    if claim.state != WarrantyClaim.State.DRAFT:
        return "submitted"
    if not company().end_old_drafts:
        return "left alone"
    if claim.changed_at > now() - ENDS_AFTER:
        return "touched"
    record(WarrantyClaimDraftDeleted(claim.pk, claim.serial or "–"), about=claim, by=by)
    claim.delete()
    return "ended"
