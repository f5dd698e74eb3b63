"""The reviewer's checklist on an account claim (A57)."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.access.events.account_claims import ChecklistTicked, ChecklistUnticked
from claimdesk.access.models import AccountClaim, ChecklistTick
from claimdesk.access.permissions import DECIDE_ACCOUNT_CLAIMS
from claimdesk.access.queries.deciding import refuse_unless_theirs
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record


@transaction.atomic
def tick_checklist(claim: AccountClaim, *, line: str, by: Actor) -> None:
    """Tick one line of the seller's checklist; ticking again changes nothing.

    Refuses: `already_decided`, `own_claim`, `not_your_customer`, `unknown_line`.
    Records: ChecklistTicked.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    _refuse_unless_open(claim, line, by)
    _tick, is_made = ChecklistTick.objects.get_or_create(
        account_claim=claim, line=line, defaults={"by_name": by.name}
    )
    if is_made:
        record(ChecklistTicked(claim.pk, line=line), about=claim, by=by)


@transaction.atomic
def untick_checklist(claim: AccountClaim, *, line: str, by: Actor) -> None:
    """Take the tick from a line; from one without, changes nothing.

    Refuses: `already_decided`, `own_claim`, `not_your_customer`, `unknown_line`.
    Records: ChecklistUnticked.
    """
    by.require(DECIDE_ACCOUNT_CLAIMS)
    _refuse_unless_open(claim, line, by)
    removed, _by_model = ChecklistTick.objects.filter(account_claim=claim, line=line).delete()
    if removed:
        record(ChecklistUnticked(claim.pk, line=line), about=claim, by=by)


def _refuse_unless_open(claim: AccountClaim, line: str, by: Actor) -> None:
    refuse_unless_theirs(claim, by)
    if claim.state != AccountClaim.State.PENDING:
        raise claim.refuse_move(AccountClaim.State.PENDING)
    if line not in company().checklist:
        raise Refused("unknown_line", _("The checklist has changed meanwhile."))
