"""The one clock. Instants are aware and UTC; tests set it, nobody else reads the time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Return the present instant, UTC."""
    return timezone.now()


def today(zone: str = "UTC") -> date:
    """Return the present day in the IANA time zone `zone`."""
    return now().astimezone(ZoneInfo(zone)).date()
