"""Instants as the reader of a mail wants them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from claimdesk.company.queries.company import company
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.kernel.dates import activate_date_format, day, instant
from claimdesk.people.models import User


def shown_instant(at: datetime, reader: User) -> str:
    """Return `at` in the reader's time zone, format and language, with the zone beside it."""
    zone = ZoneInfo(reader.time_zone or company().time_zone)
    with as_read_by(reader):
        return f"{instant(at)} {at.astimezone(zone).tzname()}"


@contextmanager
def as_read_by(user: User | None, *languages: str) -> Iterator[None]:
    """Show days, instants and words as a reader wants them: his language, date format and time zone (K4).

    Takes: `languages`, wishes for a recipient who is no user, as the customer's.
    """
    zone = ZoneInfo((user.time_zone if user else "") or company().time_zone)
    activate_date_format(user.date_format if user else "")
    language = supported_language(user.language if user else "", *languages)
    try:
        with translation.override(language), timezone.override(zone):
            yield
    finally:
        activate_date_format("")


def shown_day(on: date, reader: User | None, language: str) -> str:
    """Return a day in the reader's format, or as `language` has it where nobody is known by name."""
    activate_date_format(reader.date_format if reader else "")
    try:
        with translation.override(language):
            return day(on)
    finally:
        activate_date_format("")
