"""The one clock. Instants are aware and UTC; tests and the demo world set it, nobody else reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """Return the present instant, UTC."""
    return _set_to.get() or timezone.now()


@contextmanager
def clock_at(instant: datetime) -> Iterator[None]:
    """Let it be `instant`, in this thread and while this lasts."""
    token = _set_to.set(instant)
    try:
        yield
    finally:
        _set_to.reset(token)


def today(zone: str = "UTC") -> date:
    """Return the present day in the IANA time zone `zone`."""
    return now().astimezone(ZoneInfo(zone)).date()
