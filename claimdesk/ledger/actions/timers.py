"""Writers of timers, that actions and timers' handlers share; they record nothing."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from claimdesk.kernel.clock import now
from claimdesk.ledger.courier.locks import lock
from claimdesk.ledger.models import Timer

_ROW = "(%s, %s, %s, %s, 'due', '', 0, '')"
# One that is moved loses its lease, so that a handler at work on the row does not settle what was set anew.
_SET = """
INSERT INTO ledger_timer (kind, subject, due_at, created_at, state, lease, attempts, outcome) VALUES {rows}
ON CONFLICT (kind, subject) WHERE state = 'due' DO UPDATE
SET due_at = excluded.due_at, attempts = 0, outcome = '', lease = '', leased_until = NULL
"""


def set_timer(kind: str, subject: str, *, due_at: datetime) -> None:
    """Have `kind` happen to `subject`, a key ("account_claim/42"), at `due_at`; one that is set already is moved.

    A handler may set its own timer again: from now on and not from when it was due, so that a worker that was
    down for days has one to catch up with and not one a day.
    """
    set_timers_of(subject, {kind: due_at})


def start_timer(kind: str, subject: str, *, due_at: datetime) -> None:
    """Have `kind` happen to `subject` at `due_at`, unless it is set already."""
    Timer.objects.bulk_create([Timer(kind=kind, subject=subject, due_at=due_at)], ignore_conflicts=True)


def set_timers(kind: str, due: Mapping[str, datetime]) -> None:
    """Have `kind` happen to many subjects, each at its time; those that are set already are moved.

    As `set_timer` for each, in two statements.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("timers are set in the transaction of their action")
    cancel_timers(kind, due)
    Timer.objects.bulk_create(
        [Timer(kind=kind, subject=subject, due_at=due_at) for subject, due_at in due.items()]
    )


def set_timers_of(subject: str, due: Mapping[str, datetime]) -> None:
    """Have each kind of `due` happen to one subject, at its time, as `set_timer` does for one; in one statement."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("timers are set in the transaction of their action")
    if not due:
        return
    as_kept, at = connection.ops.adapt_datetimefield_value, now()
    values = [(kind, subject, as_kept(due[kind]), as_kept(at)) for kind in sorted(due)]
    with connection.cursor() as cursor:
        rows = ", ".join([_ROW] * len(values))
        cursor.execute(_SET.format(rows=rows), [each for row in values for each in row])


def cancel_timers_of(subject: str, kinds: Collection[str]) -> int:
    """Let none of `kinds` happen to `subject`. Returns how many were set."""
    if not kinds:
        return 0
    return _canceled(Timer.objects.filter(kind__in=list(kinds), subject=subject, state=Timer.State.DUE))


def cancel_timers(kind: str, subjects: Collection[str]) -> int:
    """Let `kind` not happen to any of `subjects`. Returns how many were set."""
    if not subjects:
        return 0
    return _canceled(Timer.objects.filter(kind=kind, subject__in=list(subjects), state=Timer.State.DUE))


def due_timers(kind: str, *, limit: int) -> list[Timer]:
    """Return timers of `kind` that are due, never tried and held by nobody, the longest due first.

    For a handler that works off its own and others in one transaction: it then takes them by `take_timers`.
    """
    at = now()
    unheld = Q(leased_until=None) | Q(leased_until__lt=at)
    waiting = Timer.objects.filter(unheld, kind=kind, state=Timer.State.DUE, due_at__lte=at, attempts=0)
    return list(waiting.order_by("due_at", "id")[:limit])


def take_timers(timers: Collection[Timer]) -> list[Timer]:
    """Mark those of `timers` done that are still due and that nobody else takes just now, and return them.

    What follows stands in the same transaction: it is done, and the timers with it, or none of both.
    """
    keys = [timer.pk for timer in timers]
    taken = list(lock(Timer.objects.filter(pk__in=keys, state=Timer.State.DUE)).order_by("id"))
    Timer.objects.filter(pk__in=[timer.pk for timer in taken]).update(
        state=Timer.State.DONE, finished_at=now(), lease="", leased_until=None
    )
    return taken


def cancel_timer(kind: str, subject: str) -> bool:
    """Let `kind` not happen to `subject`. Returns whether it was set."""
    return bool(_canceled(_set(kind, subject)))


def _canceled(timers: QuerySet[Timer]) -> int:
    return timers.update(state=Timer.State.CANCELED, finished_at=now(), lease="", leased_until=None)


def _set(kind: str, subject: str) -> QuerySet[Timer]:
    return Timer.objects.filter(kind=kind, subject=subject, state=Timer.State.DUE)
