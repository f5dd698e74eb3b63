"""The courier's round: expand what happened, then perform what is due, one row after another."""

from collections.abc import Iterator

from claimdesk.ledger.courier.attempt import Outcome, attempt
from claimdesk.ledger.courier.expansion import expand
from claimdesk.ledger.courier.leases import claim, is_any_due
from claimdesk.ledger.models import Delivery, Due, Job, Timer

BETWEEN_EXPANSIONS = 100
QUICK: tuple[type[Due], ...] = (Delivery, Timer)
SLOW: tuple[type[Due], ...] = (Job,)


def deliver_and_ring() -> Iterator[Outcome]:
    """Do what follows from events and what a clock asked for, until none is due."""
    while True:
        expanded = expand()
        performed = 0
        for kind in QUICK:
            for outcome in perform_due(kind, limit=BETWEEN_EXPANSIONS):
                performed += 1
                yield outcome
        if not expanded and not performed:
            return


def work_on_jobs() -> Iterator[Outcome]:
    """Do what somebody asked for, until none is due."""
    for kind in SLOW:
        yield from perform_due(kind)


def perform_due(kind: type[Due], limit: int | None = None) -> Iterator[Outcome]:
    """Perform rows of one kind, the longest due first, until none is due or `limit` is reached."""
    if not is_any_due(kind):
        return
    performed = 0
    while (limit is None or performed < limit) and (row := claim(kind)):
        yield attempt(row)
        performed += 1
