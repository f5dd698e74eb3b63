"""Spans of time as a seller writes them: "14 days", "36 hours"."""

import re
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
LONGEST = timedelta(days=3660)
_SPAN = re.compile(r"\s*(\d{1,6})\s+(minute|hour|day)s?\s*")


def parse_duration(text: str) -> timedelta:
    """Return the span that `text` names. Raises: ValueError, with what is expected."""
    match = _SPAN.fullmatch(text)
    if not match:
        words = _("%(written)s is no span of time; write for example “14 days” or “36 hours”")
        raise ValueError(words % {"written": repr(text)})
    span = int(match[1]) * UNITS[match[2]]
    if not timedelta(0) < span <= LONGEST:
        words = _("%(written)s is not between one minute and ten years")
        raise ValueError(words % {"written": repr(text)})
    return span


def name_of_span(span: timedelta) -> str:
    """Return the span in the reader's language, in the largest unit that measures it whole."""
    minutes = span // UNITS["minute"]
    if minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return ngettext("{count} day", "{count} days", days).format(count=days)
    if minutes % 60 == 0:
        return ngettext("{count} hour", "{count} hours", minutes // 60).format(count=minutes // 60)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
