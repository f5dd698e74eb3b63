"""Warranty claims in review: taken, given to somebody, asked about and answered, closed (W10, W11, W16)."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.aftersales.actions.warranty_claims.writing import (
    needed,
    require_claim,
    write_closed,
    write_moved,
    write_said,
)
from claimdesk.aftersales.events.warranty_claims import (
    WarrantyClaimAnswered,
    WarrantyClaimAsked,
    WarrantyClaimAssigned,
    WarrantyClaimClosed,
    WarrantyClaimReminded,
    WarrantyClaimTaken,
)
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.permissions import EDIT_WARRANTY_CLAIMS, MAKE_OWN_WARRANTY_CLAIMS
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.company.queries.company import company
from claimdesk.conversations.files.storing import KeptFile
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.actions.timers import cancel_timer, set_timer
from claimdesk.ledger.models import subject_key
from claimdesk.ledger.record import record
from claimdesk.people.models import User

REMINDER = "warranty_claim.unanswered"
REMINDERS = (7, 14)
ENDS_AFTER = 30
State, Awaited = WarrantyClaim.State, WarrantyClaim.Awaited


@transaction.atomic
def take_claim(claim: WarrantyClaim, *, by: Actor) -> WarrantyClaim:
    """Take a submitted claim into review; it is the taker's from then.

    Refuses: what `refuse_move` says.
    Records: WarrantyClaimTaken.
    """
    require_claim(claim, EDIT_WARRANTY_CLAIMS, by=by)
    write_moved(claim, "take", to=State.IN_REVIEW, awaited=Awaited.US, assigned_to_id=by.id)
    record(WarrantyClaimTaken(claim.pk, claim.number), about=claim, by=by)
    return claim


@transaction.atomic
def assign_claim(claim: WarrantyClaim, *, agent: User, by: Actor) -> WarrantyClaim:
    """Give a claim that is not closed to a person of staff.

    Refuses: `warranty_claim_closed`, `not_staff`, `already_assigned`.
    Records: WarrantyClaimAssigned.
    """
    require_claim(claim, EDIT_WARRANTY_CLAIMS, by=by)
    if claim.state == State.CLOSED:
        raise claim.refuse_move(State.IN_REVIEW)
    if not (agent.is_staff and agent.is_active):
        raise Refused("not_staff", _("Only a person of staff can work on it."))
    if claim.assigned_to_id == agent.pk:
        raise Refused("already_assigned", _("It is with %s already.") % agent.name)
    claim.assigned_to = agent
    claim.changed_at = now()
    claim.save(update_fields=["assigned_to", "changed_at"])
    record(WarrantyClaimAssigned(claim.pk, claim.number, agent.name), about=claim, by=by, user=agent)
    return claim


@transaction.atomic
def ask_about_claim(
    claim: WarrantyClaim, *, text: str, files: Sequence[KeptFile] = (), by: Actor
) -> WarrantyClaim:
    """Ask the customer something, which he and his mail see; the clock stands still until he answers (W10).

    Refuses: `text_missing`, and what `refuse_move` says.
    Records: WarrantyClaimAsked.
    """
    require_claim(claim, EDIT_WARRANTY_CLAIMS, by=by)
    write_moved(claim, "ask", to=State.INFORMATION_REQUESTED, awaited=Awaited.THEM)
    message = write_said(claim, text, files=files, by=by)
    set_timer(REMINDER, subject_key(claim), due_at=now() + timedelta(days=REMINDERS[0]))
    record(WarrantyClaimAsked(claim.pk, claim.number, message.pk), about=claim, by=by)
    return claim


@transaction.atomic
def answer_about_claim(
    claim: WarrantyClaim, *, text: str, files: Sequence[KeptFile] = (), by: Actor
) -> WarrantyClaim:
    """Answer what was asked; the review goes on.

    Refuses: `text_missing`, and what `refuse_move` says.
    Records: WarrantyClaimAnswered.
    """
    require_claim(claim, MAKE_OWN_WARRANTY_CLAIMS, by=by)
    write_moved(claim, "answer", to=State.IN_REVIEW, awaited=Awaited.US)
    message = write_said(claim, text, files=files, by=by)
    cancel_timer(REMINDER, subject_key(claim))
    record(WarrantyClaimAnswered(claim.pk, claim.number, message.pk), about=claim, by=by)
    return claim


@transaction.atomic
def remind_of_question(claim: WarrantyClaim, *, by: Actor) -> str:
    """Remind the customer of a question after 7 and 14 days; after 30 close the claim, if the seller wants so (W10).

    Returns: what came of it: `answered`, `reminded`, `closed`, `left open`.
    Records: WarrantyClaimReminded or WarrantyClaimClosed.
    """
    require_claim(claim, EDIT_WARRANTY_CLAIMS, by=by)
    if claim.state != State.INFORMATION_REQUESTED:
        return "answered"
    days = (now() - claim.awaited_since_at).days
    if days >= ENDS_AFTER:
        if not company().end_unanswered_claims:
            return "left open"
        write_closed(claim, "give_up", by=by)
        record(WarrantyClaimClosed(claim.pk, claim.number, claim.closing, ""), about=claim, by=by)
        return "closed"
    upcoming = next((each for each in (*REMINDERS, ENDS_AFTER) if each > days), ENDS_AFTER)
    set_timer(REMINDER, subject_key(claim), due_at=claim.awaited_since_at + timedelta(days=upcoming))
    record(WarrantyClaimReminded(claim.pk, claim.number, days), about=claim, by=by)
    return "reminded"


@transaction.atomic
def close_claim(claim: WarrantyClaim, *, reason: str, by: Actor) -> WarrantyClaim:
    """Close a claim plainly, with a reason that the customer reads (W16).

    Refuses: `text_missing`, and what `refuse_move` says.
    Records: WarrantyClaimClosed.
    """
    require_claim(claim, EDIT_WARRANTY_CLAIMS, by=by)
    reason = needed(reason, _("Say why it is closed."))
    write_closed(claim, "close", reason=reason, by=by)
    _ended(claim, by=by)
    return claim


@transaction.atomic
def mark_duplicate(claim: WarrantyClaim, *, other: WarrantyClaim, by: Actor) -> WarrantyClaim:
    """Close a claim as the same as another one of the customer's.

    Refuses: `not_the_other`, and what `refuse_move` says.
    Records: WarrantyClaimClosed.
    """
    require_claim(claim, EDIT_WARRANTY_CLAIMS, by=by)
    others = warranty_claims(by).filter(pk=other.pk, customer_id=claim.customer_id)
    if other.pk == claim.pk or other.duplicate_of_id == claim.pk or not others.exists():
        raise Refused("not_the_other", _("Name another claim of the same customer."))
    write_closed(claim, "mark_duplicate", reason=other.number, by=by, duplicate_of_id=other.pk)
    _ended(claim, by=by)
    return claim


def _ended(claim: WarrantyClaim, *, by: Actor) -> None:
    cancel_timer(REMINDER, subject_key(claim))
    fact = WarrantyClaimClosed(claim.pk, claim.number, claim.closing, claim.closing_reason)
    record(fact, about=claim, by=by)
