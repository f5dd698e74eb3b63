"""What this process holds just now, and how far it has come with it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from claimdesk.ledger.courier.leases import extend
from claimdesk.ledger.models import Due


class Interrupted(BaseException):
    """The work must end here: the worker is stopping, or the row is no longer ours.

    Not an `Exception`, so that no task mistakes it for a failure of its own.
    """


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come: `done` of `total` (0 while unknown) and a word on it."""

    done: int
    total: int
    message: str


@dataclass(eq=False)
class Holding:
    """A row in hand. Its thread notes the progress, the heartbeat writes it."""

    row: Due
    progress: Progress | None = None
    written: Progress | None = None
    is_lost: bool = False

    @property
    def has_news(self) -> bool:
        return self.progress != self.written

    def write(self) -> None:
        """Extend the lease and write the progress; note if the row is no longer ours."""
        progress = self.progress
        self.is_lost = not extend(self.row, **fields_of(progress))
        self.written = progress


stopping = threading.Event()
_all: set[Holding] = set()
_current: ContextVar[Holding | None] = ContextVar("holding", default=None)


def fields_of(progress: Progress | None) -> dict[str, int | str]:
    """Return the columns of a job that hold its progress."""
    if progress is None:
        return {}
    return {"done": progress.done, "total": progress.total, "message": progress.message[:200]}


def current() -> Holding | None:
    """Return what this thread holds."""
    return _current.get()


def in_hand() -> list[Holding]:
    """Return all that this process holds."""
    return list(_all)


@contextmanager
def hold(row: Due) -> Iterator[Holding]:
    """Hold `row` in this thread while it is performed."""
    holding = Holding(row)
    _all.add(holding)
    token = _current.set(holding)
    try:
        yield holding
    finally:
        _current.reset(token)
        _all.discard(holding)
