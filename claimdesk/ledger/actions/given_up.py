"""Work that was given up, tried again."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.courier.waking import nudge
from claimdesk.ledger.events import WorkRetried
from claimdesk.ledger.models import Due
from claimdesk.ledger.permissions import RETRY_WORK
from claimdesk.ledger.record import record


@transaction.atomic
def retry_work(row: Due, *, by: Actor) -> None:
    """Make work that was given up due again, with all its attempts ahead.

    Refuses: `not_given_up`, `set_again` when the same was asked for or set anew meanwhile.
    Records: WorkRetried.
    """
    by.require(RETRY_WORK)
    given_up = type(row)._default_manager.filter(pk=row.pk, state=Due.State.GIVEN_UP)
    try:
        with transaction.atomic():
            is_due = given_up.update(state=Due.State.DUE, due_at=now(), attempts=0, finished_at=None)
    except IntegrityError as error:  # one of its key, or of its kind and subject, is due
        raise Refused("set_again", _("The same work is due already.")) from error
    if not is_due:
        raise Refused("not_given_up", _("This work was not given up."))
    nudge()
    record(WorkRetried(work=str(row)), about=row, by=by)
