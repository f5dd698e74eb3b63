"""Writers that the actions of RMAs share; they record nothing."""

from datetime import UTC, date, datetime, time, timedelta

from claimdesk.aftersales.models import Rma, RmaLine
from claimdesk.aftersales.queries.rmas import rmas
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.actions.timers import cancel_timer
from claimdesk.ledger.models import subject_key

EXPIRY = "rma.expiry"


def require_rma(rma: Rma, permission: str, *, by: Actor) -> None:
    """Read the RMA anew and hold it against rivals, for `by` to work on. Raises: NotAllowed."""
    by.require(permission)
    if rmas(by).select_for_update(of=("self",)).filter(pk=rma.pk).first() is None:
        raise NotAllowed(permission)
    rma.refresh_from_db()


def write_ended(rma: Rma, state: str, *, reason: str = "", by: Actor) -> None:
    """End an RMA: its units may stand on another one (M4)."""
    at = now()
    move(rma, to=state, changed_at=at, ended_at=at, ended_by_name=by.name, ending_reason=reason)
    RmaLine.objects.filter(rma=rma).update(is_open=False)
    cancel_timer(EXPIRY, subject_key(rma))


def end_of(day: date) -> datetime:
    """Return the instant at which a day is over everywhere on earth."""
    return datetime.combine(day + timedelta(days=1), time(12), tzinfo=UTC)
