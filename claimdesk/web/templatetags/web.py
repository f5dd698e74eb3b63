"""Tags for pages: icons, fields, badges, instants, ages, addresses that may not exist yet."""

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext_lazy
from django_countries import countries

from claimdesk.kernel import dates
from claimdesk.kernel.clock import now
from claimdesk.web.badges import TONES
from claimdesk.web.words import role_names

register = template.Library()
register.filter(role_names)
NOTHING = SafeString('<span class="nothing">–</span>')

CONTROLS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Show an icon of the sprite: decoration, or with `label` an image that says so."""
    address = f"{static('web/vendor/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Show a field's widget with the classes that fit it; Django ties help and errors to it."""
    widget = field.field.widget
    if isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    css = next(css for kind, css in CONTROLS if isinstance(widget, kind))
    if field.errors:
        css += " is-invalid"
    return field.as_widget(attrs={"class": f"{widget.attrs.get('class', '')} {css}".strip()})


@register.filter
def is_check(field: BoundField) -> bool:
    """Tell whether a field is one checkbox, whose label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Tell whether a field is several inputs under one legend."""
    return bool(field.field.widget.use_fieldset)


@register.filter
def is_choice(field: BoundField) -> bool:
    """Tell whether a field is radio buttons or checkboxes to choose among."""
    return isinstance(field.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))


@register.filter
def tone(state: str) -> str:
    """Return the colour of a state; the word always stands beside it."""
    return TONES.get(str(state).lower(), "secondary")


@register.simple_tag
def badge(state: Any, label: Any = "") -> SafeString:
    """Show a state as a coloured word. `label` defaults to the state's own."""
    label = label or getattr(state, "label", "") or str(state).replace("_", " ").capitalize()
    html = '<span class="badge bg-{}-lt state" data-state="{}">{}</span>'
    return format_html(html, tone(str(state)), state, label)


@register.filter
def age(value: datetime | date | None) -> str:
    """Return how long ago `value` was, roughly: "3 days"."""
    if value is None:
        return ""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=timezone.get_current_timezone())
    seconds = max(0, int((now() - value).total_seconds()))
    if seconds < 60:
        return gettext("just now")
    for size, words in (
        (86400, ngettext_lazy("%(n)d day", "%(n)d days", "n")),
        (3600, ngettext_lazy("%(n)d hour", "%(n)d hours", "n")),
        (60, ngettext_lazy("%(n)d minute", "%(n)d minutes", "n")),
    ):
        if seconds >= size:
            return str(words % {"n": seconds // size})
    return ""


@register.simple_tag
def page(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a page, or nothing where there is none in this installation."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


@register.filter
def initials(name: str) -> str:
    """Return up to two initials for an avatar."""
    words = [word for word in str(name).split() if word[0].isalnum()]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "·"


@register.filter
def capped(count: int) -> str:
    """Return a count that was taken up to a thousand."""
    return "1,000+" if count > 1000 else str(count)


@register.filter
def instant(value: datetime | None) -> str:
    """Show an instant in the reader's time zone and date format."""
    return dates.instant(value)


@register.filter
def day(value: date | datetime | None) -> str:
    """Show a day in the reader's date format."""
    return dates.day(value)


@register.filter
def country_name(code: str) -> str:
    """Return the name of a country, or the code where none has it."""
    return str(countries.name(code)) or code


@register.filter
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
