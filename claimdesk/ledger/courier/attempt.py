"""One attempt at one row: perform it, see what came of it, settle it."""

import logging
import random
import traceback
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import translation

from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.courier.holding import Holding, Interrupted, fields_of, hold
from claimdesk.ledger.courier.leases import release
from claimdesk.ledger.courier.performing import NoLongerKnown, perform
from claimdesk.ledger.models import Due, Job

logger = logging.getLogger("claimdesk.worker")

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=6)
JITTER = 0.2


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: the row's next state, a line for people, and the error if there was one."""

    state: str
    line: str = ""
    due_at: datetime | None = None
    result: Any = None
    error: BaseException | None = None
    counts: bool = True


def delay_after(attempts: int) -> timedelta:
    """Return how long to wait after that many attempts: four times as long each time, up to six hours, and a
    little more or less, so that what failed together does not come back together.
    """
    plain = min(FIRST_DELAY * 4 ** min(attempts - 1, 10), LONGEST_DELAY)
    return plain * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret


def attempt(row: Due) -> Outcome:
    """Perform `row`, which is ours, and settle it."""
    with hold(row) as holding, translation.override(settings.LANGUAGE_CODE):
        outcome = _try(row)
        if not _settle(holding, outcome):
            logger.info("%s %s: moved or taken over meanwhile, left as it is", type(row).__name__, row.pk)
    return outcome


def _try(row: Due) -> Outcome:
    if row.attempts > row.MOST_ATTEMPTS:
        return _given_up(row, "its worker died each time")
    try:
        line, result = perform(row)
    except Interrupted:
        return Outcome(Due.State.DUE, row.outcome, due_at=row.due_at, counts=False)
    except Refused as refusal:
        return Outcome(Due.State.CANCELED, refusal.message)
    except NoLongerKnown as unknown:
        return Outcome(Due.State.CANCELED, f"{unknown} is no longer known")
    except Exception as error:
        return _failed(row, error)
    return Outcome(Due.State.DONE, line, result=result)


def _failed(row: Due, error: Exception) -> Outcome:
    line = f"{type(error).__name__}: {error}"
    if row.attempts >= row.MOST_ATTEMPTS:
        return _given_up(row, line, error)
    logger.warning("%s failed, attempt %s: %s", row, row.attempts, line, exc_info=error)
    return Outcome(Due.State.DUE, line, due_at=now() + delay_after(row.attempts), error=error)


def _given_up(row: Due, line: str, error: Exception | None = None) -> Outcome:
    logger.error("%s given up after %s attempts: %s", row, row.attempts, line, exc_info=error)
    return Outcome(Due.State.GIVEN_UP, line, error=error)


def _settle(holding: Holding, outcome: Outcome) -> bool:
    row = holding.row
    fields: dict[str, Any] = {"state": outcome.state, "outcome": outcome.line[:2000]}
    if outcome.state == Due.State.DUE:
        fields["due_at"] = outcome.due_at
    else:
        fields["finished_at"] = now()
    if not outcome.counts:
        fields["attempts"] = F("attempts") - 1
    if isinstance(row, Job):
        fields |= fields_of(holding.progress)
        fields["result"] = outcome.result
        fields["error"] = "".join(traceback.format_exception(outcome.error)) if outcome.error else ""
    return release(row, **fields)
