"""How the work stands: what is due, what was given up, who works."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Delivery, Due, Event, Job, Timer, Worker
from claimdesk.ledger.permissions import RETRY_WORK

KINDS: dict[str, type[Due]] = {"delivery": Delivery, "timer": Timer, "job": Job}
ALIVE_WITHIN = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Backlog:
    """Work of one kind: how much is due now and since when, and how much was given up."""

    due: int
    oldest_due_at: datetime | None
    given_up: int

    @property
    def age_seconds(self) -> float:
        """How long the oldest due has been waiting."""
        return max(0.0, (now() - self.oldest_due_at).total_seconds()) if self.oldest_due_at else 0.0


def backlogs() -> dict[str, Backlog]:
    """Return the backlog of each kind of work, and of events that are yet to be expanded."""
    waiting = Event.objects.filter(expanded_at=None).aggregate(n=Count("pk"), oldest=Min("happened_at"))
    return {name: _backlog(model) for name, model in KINDS.items()} | {
        "event": Backlog(waiting["n"], waiting["oldest"], 0)
    }


def workers_alive() -> int:
    """Return how many workers have shown a sign of life lately."""
    return Worker.objects.filter(seen_at__gt=now() - ALIVE_WITHIN).count()


def _backlog(model: type[Due]) -> Backlog:
    rows = model._default_manager.all()
    due = rows.filter(state=Due.State.DUE, due_at__lte=now()).aggregate(n=Count("pk"), oldest=Min("due_at"))
    return Backlog(due["n"], due["oldest"], rows.filter(state=Due.State.GIVEN_UP).count())


def given_up(actor: Actor) -> Iterator[Due]:
    """Return all work that was given up, for those who may have it tried again."""
    actor.require(RETRY_WORK)
    for model in KINDS.values():
        yield from model._default_manager.filter(state=Due.State.GIVEN_UP).order_by("pk").iterator()
