"""Small pieces of HTML that pages, lists and dialogs share; templates reach them through `{% load web %}`."""

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from claimdesk.kernel import dates
from claimdesk.kernel.clock import now
from claimdesk.kernel.money import format_amount
from claimdesk.web.badges import TONES

NOTHING = SafeString('<span class="nothing">–</span>')


@cache
def _decoration(name: str) -> SafeString:
    address = f"{static('web/vendor/icons.svg')}#{name}"
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


def icon(name: str, label: str = "") -> SafeString:
    """Show an icon of the sprite: decoration, or with `label` an image that says so."""
    if not label:
        return _decoration(name)
    html = '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>'
    return format_html(html, label, static("web/vendor/icons.svg"), name)


def tone(state: str) -> str:
    """Return the colour of a state; the word always stands beside it."""
    return TONES.get(str(state).lower(), "secondary")


def badge(state: Any, label: Any = "") -> SafeString:
    """Show a state as a coloured word. `label` defaults to the state's own."""
    label = label or getattr(state, "label", "") or str(state).replace("_", " ").capitalize()
    html = '<span class="badge bg-{}-lt state" data-state="{}">{}</span>'
    return format_html(html, tone(str(state)), state, label)


def age(value: datetime | date | None) -> str:
    """Return how long ago `value` was, roughly: "3 days"."""
    if value is None:
        return ""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=timezone.get_current_timezone())
    return span(now() - value) or gettext("just now")


def span(time: timedelta | None) -> str:
    """Return how long that is, roughly: "3 days"; nothing below a minute."""
    minutes = max(0, int(time.total_seconds())) // 60 if time is not None else 0
    hours, days = minutes // 60, minutes // 1440
    if days:
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if hours:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if minutes:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    return ""


def money(amount: int | None, currency: str) -> str:
    """Return minor units as the reader's language writes them; nothing for no amount."""
    return "" if amount is None else format_amount(amount, currency, get_language() or "en")


def shown(value: Any) -> Any:
    """Show a cell's value: instants and days as the reader wants them, truth in words, nothing as a dash."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.instant(value))
    if isinstance(value, date):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), dates.day(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return value
