"""Days and instants as the reader wants them: in his time zone (Django's own) and his date format."""

from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone
from django.utils.dateformat import format as format_by
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

DATE_FORMATS = [
    ("", _("As usual in my language")),
    ("Y-m-d", "2025-12-31"),
    ("d.m.Y", "31.12.2025"),
    ("d/m/Y", "31/12/2025"),
    ("m/d/Y", "12/31/2025"),
    ("j M Y", "31 Dec 2025"),
]
_chosen: ContextVar[str] = ContextVar("date_format", default="")


def activate_date_format(name: str) -> None:
    """Use the format for this request; what is not one of DATE_FORMATS means the language's own."""
    _chosen.set(name if name in dict(DATE_FORMATS) else "")


def day(value: date | datetime | None) -> str:
    """Return a day in the reader's format."""
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return format_by(value, _format())


def _format() -> str:
    # Translators: the usual date format of the language, in Django's letters.
    return _chosen.get() or pgettext("date format", "j M Y")


def instant(value: datetime | None) -> str:
    """Return an instant in the reader's time zone and format, to the minute."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_by(local, f"{_format()}, H:i")


class DayWords(dict[str, str]):
    """Days that events hold as text ("2025-12-31"), in the reader's format; what is no day stays as it is."""

    def get(self, key: str, default: str = "") -> str:  # type: ignore[override]  # any key has an answer
        try:
            return day(date.fromisoformat(key))
        except ValueError:
            return default
