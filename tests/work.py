"""The worker's part in tests: all work that is due now, done here and now."""

from claimdesk.ledger.courier.attempt import Outcome
from claimdesk.ledger.courier.work import deliver_and_ring, work_on_jobs


def work_off(*, may_fail: bool = False) -> list[Outcome]:
    """Do all that is due now, and what follows from it, and return what came of each.

    Raises: the first error, unless work may fail.
    """
    outcomes: list[Outcome] = []
    while batch := [*deliver_and_ring(), *work_on_jobs()]:
        outcomes += batch
    for outcome in outcomes:
        if outcome.error and not may_fail:
            raise outcome.error
    return outcomes
