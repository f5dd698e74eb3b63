"""Instants as the reader of a mail wants them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from claimdesk.company.queries.company import company
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.kernel.dates import activate_date_format, instant
from claimdesk.people.models import User


def shown_instant(at: datetime, reader: User) -> str:
    """Return `at` in the reader's time zone, format and language, with the zone beside it."""
    zone = ZoneInfo(reader.time_zone or company().time_zone)
    activate_date_format(reader.date_format)
    try:
        with translation.override(supported_language(reader.language)), timezone.override(zone):
            return f"{instant(at)} {at.astimezone(zone).tzname()}"
    finally:
        activate_date_format("")
