"""What is decided about warranty claims, by one person or two, appealed against and corrected (W9, W11)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.warranty_claims.writing import (
    needed,
    require_claim,
    write_closed,
    write_entry,
    write_moved,
    write_said,
)
from claimdesk.aftersales.events.warranty_claims import (
    WarrantyClaimAppealed,
    WarrantyClaimClosed,
    WarrantyClaimCorrected,
    WarrantyClaimDecided,
    WarrantyClaimProposed,
    WarrantyClaimSentBack,
)
from claimdesk.aftersales.models import ClaimEntry, ClaimLine, WarrantyClaim
from claimdesk.aftersales.permissions import (
    APPROVE_WARRANTY_CLAIMS,
    EDIT_WARRANTY_CLAIMS,
    MAKE_OWN_WARRANTY_CLAIMS,
)
from claimdesk.aftersales.queries.rmas import is_inspection_awaited
from claimdesk.aftersales.queries.warranty_claims import may_appeal
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import subject_key
from claimdesk.ledger.record import record

APPEAL_OVER = "warranty_claim.appeal_over"
LONGEST_REASON = 500
State, Awaited, Kind = WarrantyClaim.State, WarrantyClaim.Awaited, ClaimEntry.Kind


@dataclass(frozen=True, slots=True)
class LineDecision:
    """What is decided about a line: an amount up to the claimed, in minor units, and why where it is less."""

    amount: int
    reason: str = ""


@transaction.atomic
def decide_claim(
    claim: WarrantyClaim,
    *,
    decisions: Mapping[int, LineDecision],
    is_accepted: bool | None = None,
    by: Actor,
) -> WarrantyClaim:
    """Decide about every line of a claim in review (W9). Above the seller's limit a second person is asked.

    Takes: `decisions` by key of the line; `is_accepted` where a claim has no lines that cost anything.
    Refuses: `own_claim`, `same_reviewer` after an appeal, `line_undecided`, `foreign_line`, `above_claimed`,
    `reason_needed`, `inspection_awaited`, and what `refuse_move` says.
    Records: WarrantyClaimDecided or WarrantyClaimProposed.
    """
    require_claim(claim, EDIT_WARRANTY_CLAIMS, by=by)
    _refuse_own(claim, by)
    if claim.was_appealed and claim.decided_by_id == by.id and by.id is not None:
        raise Refused("same_reviewer", _("After an appeal somebody else decides."))
    if claim.state != State.IN_REVIEW:
        raise claim.refuse_move(State.APPROVED)
    if is_inspection_awaited(claim):
        raise Refused("inspection_awaited", _("The goods are to be inspected first."))
    approved = _write_decisions(claim, decisions)
    if not claim.claimed and is_accepted is None:
        raise Refused("line_undecided", _("Say whether the claim is accepted."))
    limit = company().warranty_limit
    to = _outcome(claim, approved, is_accepted)
    if limit is not None and approved > limit:
        who = {"decided_by_id": by.id, "decided_by_name": by.name, "decided_at": now()}
        write_moved(claim, "propose", to=State.AWAITING_APPROVAL, awaited=Awaited.US, **who)
        record(WarrantyClaimProposed(claim.pk, claim.number, approved, claim.currency), about=claim, by=by)
        return claim
    _write_decided(claim, "decide", to=to, approved=approved, by=by)
    return claim


@transaction.atomic
def confirm_decision(claim: WarrantyClaim, *, by: Actor) -> WarrantyClaim:
    """Confirm, as the second person, what was decided above the limit.

    Refuses: `own_claim`, `second_person`, and what `refuse_move` says.
    Records: WarrantyClaimDecided.
    """
    require_claim(claim, APPROVE_WARRANTY_CLAIMS, by=by)
    _refuse_own(claim, by)
    _refuse_first_person(claim, by)
    lines = ClaimLine.objects.filter(job__claim=claim).values_list("decided", flat=True)
    approved = sum(amount or 0 for amount in lines)
    _write_decided(claim, "confirm", to=_outcome(claim, approved, True), approved=approved, by=by)
    return claim


@transaction.atomic
def send_back(claim: WarrantyClaim, *, text: str, by: Actor) -> WarrantyClaim:
    """Send back to review, as the second person, what was decided above the limit; the words are internal.

    Refuses: `second_person`, `text_missing`, and what `refuse_move` says.
    Records: WarrantyClaimSentBack.
    """
    require_claim(claim, APPROVE_WARRANTY_CLAIMS, by=by)
    _refuse_first_person(claim, by)
    words = needed(text, _("Say what is to be looked at again."))
    write_moved(claim, "send_back", to=State.IN_REVIEW, awaited=Awaited.US)
    record(WarrantyClaimSentBack(claim.pk, claim.number, words), about=claim, by=by)
    return claim


@transaction.atomic
def appeal(claim: WarrantyClaim, *, text: str, by: Actor) -> WarrantyClaim:
    """Ask once, in time, for another look by another reviewer (W11).

    Refuses: `appealed_already`, `appeal_over`, `text_missing`, and what `refuse_move` says.
    Records: WarrantyClaimAppealed.
    """
    require_claim(claim, MAKE_OWN_WARRANTY_CLAIMS, by=by)
    if claim.was_appealed:
        raise Refused("appealed_already", _("This claim was appealed already."))
    if not may_appeal(claim):
        raise Refused("appeal_over", _("The time to appeal is over."))
    write_moved(
        claim, "appeal", to=State.IN_REVIEW, awaited=Awaited.US, was_appealed=True, assigned_to_id=None
    )
    message = write_said(claim, text, by=by)
    record(WarrantyClaimAppealed(claim.pk, claim.number, message.pk), about=claim, by=by)
    return claim


@transaction.atomic
def let_lapse(claim: WarrantyClaim, *, by: Actor) -> WarrantyClaim:
    """Close a rejected claim whose time to appeal is over.

    Refuses: what `refuse_move` says.
    Records: WarrantyClaimClosed.
    """
    require_claim(claim, EDIT_WARRANTY_CLAIMS, by=by)
    write_closed(claim, "let_lapse", by=by)
    record(WarrantyClaimClosed(claim.pk, claim.number, claim.closing, ""), about=claim, by=by)
    return claim


@transaction.atomic
def correct_decision(
    claim: WarrantyClaim, *, amount: int, text: str, key: str = "", by: Actor
) -> WarrantyClaim:
    """Add to what is approved, or take from it, by a new entry; what was decided stays to be read (W9).

    Takes: `amount` in minor units, negative to take back.
    Refuses: `own_claim`, `not_decided`, `above_limit`, `above_claimed`, `below_settled`, `text_missing`.
    Records: WarrantyClaimCorrected.
    """
    require_claim(claim, APPROVE_WARRANTY_CLAIMS, by=by)
    _refuse_own(claim, by)
    if claim.state not in (State.APPROVED, State.PARTLY_APPROVED):
        raise Refused("not_decided", _("Only what is approved can be corrected."))
    if key and ClaimEntry.objects.filter(key=f"{claim.pk}/{key}").exists():
        return claim
    words = needed(text, _("Say why it is corrected."))[:LONGEST_REASON]
    corrected = claim.approved + amount
    if not amount or not claim.settled <= corrected <= claim.claimed:
        raise Refused(
            "above_claimed", _("What is approved stays between what is settled and what is claimed.")
        )
    limit = company().warranty_limit
    if limit is not None and corrected > limit and claim.decided_by_id == by.id:
        raise Refused("second_person", _("Above the limit a second person corrects."))
    WarrantyClaim.objects.filter(pk=claim.pk).update(approved=F("approved") + amount, changed_at=now())
    write_entry(claim, Kind.CORRECTION, amount, note=words, key=key, by=by)
    claim.refresh_from_db()
    fact = WarrantyClaimCorrected(claim.pk, claim.number, amount, claim.currency, words)
    record(fact, about=claim, by=by)
    return claim


def _refuse_own(claim: WarrantyClaim, by: Actor) -> None:
    if by.id is not None and claim.created_by_id == by.id:
        raise Refused("own_claim", _("Nobody decides a claim of his own."))


def _refuse_first_person(claim: WarrantyClaim, by: Actor) -> None:
    if by.id is not None and claim.decided_by_id == by.id:
        raise Refused("second_person", _("Somebody other than who decided confirms it."))


def _write_decisions(claim: WarrantyClaim, decisions: Mapping[int, LineDecision]) -> int:
    """Keep what is decided at the lines and return the sum."""
    lines = {line.pk: line for line in ClaimLine.objects.filter(job__claim=claim)}
    if decisions.keys() - lines.keys():
        raise Refused("foreign_line", _("This line is not part of the claim."))
    if lines.keys() - decisions.keys():
        raise Refused("line_undecided", _("Decide about every line."))
    for key, decision in decisions.items():
        line = lines[key]
        if not 0 <= decision.amount <= line.claimed:
            raise Refused("above_claimed", _("Decide about an amount between nothing and what is claimed."))
        line.decided, line.decision_reason = decision.amount, decision.reason.strip()[:LONGEST_REASON]
        if line.decided < line.claimed and not line.decision_reason:
            raise Refused("reason_needed", _("Say why less is approved than is claimed."))
    ClaimLine.objects.bulk_update(lines.values(), ["decided", "decision_reason"])
    return sum(line.decided or 0 for line in lines.values())


def _outcome(claim: WarrantyClaim, approved: int, is_accepted: bool | None) -> str:
    if not claim.claimed:
        return State.APPROVED if is_accepted else State.REJECTED
    if approved == claim.claimed:
        return State.APPROVED
    return State.PARTLY_APPROVED if approved else State.REJECTED


def _write_decided(claim: WarrantyClaim, event: str, *, to: str, approved: int, by: Actor) -> None:
    """Move by a decision; what was approved before an appeal is corrected by an entry, never edited."""
    is_second, before = event == "confirm", claim.approved
    write_moved(
        claim,
        event,
        to=to,
        awaited=Awaited.THEM if to == State.REJECTED else Awaited.US,
        approved=approved,
        decided_by_id=by.id,
        decided_by_name=by.name,
        decided_at=now(),
    )
    if not before:
        write_entry(claim, Kind.APPROVAL, approved, by=by)
    elif approved != before:
        write_entry(claim, Kind.CORRECTION, approved - before, by=by)
    if to == State.REJECTED:
        due = now() + timedelta(days=company().appeal_days)
        set_timer(APPEAL_OVER, subject_key(claim), due_at=due)
    fact = WarrantyClaimDecided(
        claim.pk,
        claim.number,
        outcome=to,
        claimed=claim.claimed,
        approved=approved,
        currency=claim.currency,
        is_second_person=is_second,
    )
    record(fact, about=claim, by=by)
