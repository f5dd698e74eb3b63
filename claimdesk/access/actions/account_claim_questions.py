"""Questions to the claimant and his answers: the account claim stays Pending and shows who is awaited (A46)."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.access.actions.writing import cancel_reminders, set_reminders
from claimdesk.access.events.account_claims import AccountClaimAnswered, AccountClaimAsked
from claimdesk.access.models import AccountClaim
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.access.queries.deciding import refuse_unless_theirs
from claimdesk.company.queries.company import company
from claimdesk.conversations.actions.writing import write_message
from claimdesk.conversations.models import Message
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.record import record


@transaction.atomic
def ask_claimant(claim: AccountClaim, *, body: str, by: Actor) -> Message:
    """Ask the claimant for information; he is awaited now.

    Refuses: `already_decided`, `own_claim`, `not_your_customer`, `nothing_said`.
    Records: AccountClaimAsked.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    refuse_unless_theirs(claim, by)
    message = _say(claim, body, awaiting=AccountClaim.Awaiting.APPLICANT, by=by)
    cancel_reminders(claim)
    record(
        AccountClaimAsked(claim.pk, user=claim.user.name, customer=claim.customer.name, body=message.body),
        about=claim,
        by=by,
    )
    return message


@transaction.atomic
def answer_question(claim: AccountClaim, *, body: str, by: Actor) -> Message:
    """Answer as the claimant; staff are awaited now.

    Refuses: `already_decided`, `nothing_said`.
    Records: AccountClaimAnswered.
    """
    if by.id is None or by.id != claim.user_id or by.is_acting:
        raise NotAllowed("access.answer_question")
    message = _say(claim, body, awaiting=AccountClaim.Awaiting.STAFF, by=by)
    set_reminders(claim, seller=company())
    record(
        AccountClaimAnswered(claim.pk, user=claim.user.name, customer=claim.customer.name, body=message.body),
        about=claim,
        by=by,
    )
    return message


def _say(claim: AccountClaim, body: str, *, awaiting: str, by: Actor) -> Message:
    if not body.strip():
        raise Refused("nothing_said", _("Please write something first."))
    pending = AccountClaim.State.PENDING
    move(claim, to=pending, expect=(pending,), awaiting=awaiting, changed_at=now())
    return write_message(claim, body=body, by=by)
