"""Writers of timers, that actions and timers' handlers share; they record nothing."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Timer


def set_timer(kind: str, subject: str, *, due_at: datetime) -> None:
    """Have `kind` happen to `subject`, a key ("account_claim/42"), at `due_at`; one that is set already is moved.

    A handler may set its own timer again: from now on and not from when it was due, so that a worker that was
    down for days has one to catch up with and not one a day.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a timer is set in the transaction of its action")
    if not _move(kind, subject, due_at):
        timer = Timer(kind=kind, subject=subject, due_at=due_at)
        Timer.objects.bulk_create([timer], ignore_conflicts=True)
        _move(kind, subject, due_at)


def start_timer(kind: str, subject: str, *, due_at: datetime) -> None:
    """Have `kind` happen to `subject` at `due_at`, unless it is set already."""
    Timer.objects.bulk_create([Timer(kind=kind, subject=subject, due_at=due_at)], ignore_conflicts=True)


def cancel_timer(kind: str, subject: str) -> bool:
    """Let `kind` not happen to `subject`. Returns whether it was set."""
    return bool(
        _set(kind, subject).update(state=Timer.State.CANCELED, finished_at=now(), lease="", leased_until=None)
    )


def _set(kind: str, subject: str) -> QuerySet[Timer]:
    return Timer.objects.filter(kind=kind, subject=subject, state=Timer.State.DUE)


def _move(kind: str, subject: str, due_at: datetime) -> bool:
    # Without a lease, so that a handler at work on the row does not settle what was set anew.
    fields = {"due_at": due_at, "attempts": 0, "outcome": "", "lease": "", "leased_until": None}
    return bool(_set(kind, subject).update(**fields))
