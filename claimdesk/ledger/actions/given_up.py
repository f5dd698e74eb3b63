"""Work that was given up, tried again."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.courier.waking import nudge
from claimdesk.ledger.events import WorkRetried
from claimdesk.ledger.models import Due, Job, Timer
from claimdesk.ledger.permissions import RETRY_WORK
from claimdesk.ledger.record import record


@transaction.atomic
def retry_work(row: Due, *, by: Actor) -> None:
    """Make work that was given up due again, with all its attempts ahead.

    Refuses: `not_given_up`, `set_again` when the same was asked for or set anew meanwhile.
    Records: WorkRetried.
    """
    by.require(RETRY_WORK)
    if _is_set_again(row):
        raise Refused("set_again", _("The same work is due already."))
    given_up = type(row)._default_manager.filter(pk=row.pk, state=Due.State.GIVEN_UP)
    if not given_up.update(state=Due.State.DUE, due_at=now(), attempts=0, finished_at=None):
        raise Refused("not_given_up", _("This work was not given up."))
    nudge()
    record(WorkRetried(work=str(row)), about=row, by=by)


def _is_set_again(row: Due) -> bool:
    if isinstance(row, Timer):
        return Timer.objects.filter(kind=row.kind, subject=row.subject, state=Due.State.DUE).exists()
    return isinstance(row, Job) and bool(row.key) and _is_asked_for(row.key)


def _is_asked_for(key: str) -> bool:
    return Job.objects.filter(key=key, state=Due.State.DUE).exists()
