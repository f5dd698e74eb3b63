"""Tags for pages: icons, fields, badges, instants, ages, addresses that may not exist yet."""

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.urls import NoReverseMatch, reverse
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django_countries import countries

from claimdesk.catalog.wording import quantity_words
from claimdesk.kernel import dates
from claimdesk.kernel.percent import percent as hundredths
from claimdesk.web import pieces
from claimdesk.web.addresses import page_address
from claimdesk.web.words import role_names

register = template.Library()
register.simple_tag(pieces.icon)
register.simple_tag(pieces.badge)
register.simple_tag(pieces.money)
register.filter(pieces.age)
register.filter(pieces.span)
register.filter(pieces.shown)
register.filter(pieces.tone)
register.filter(role_names)
register.filter("quantity", quantity_words)

CONTROLS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


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


@register.simple_tag
def page(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a page, or nothing where there is none in this installation."""
    if not args and not kwargs:
        return page_address(name)
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
    return f"{number_format(1000, force_grouping=True)}+" if count > 1000 else str(count)


@register.filter
def percentage(share: float | None) -> str:
    """Show a share from 0 to 1 in percent."""
    return "–" if share is None else hundredths(round(share * 100, 1), decimals=1)


@register.filter
def percent(number: float) -> str:
    """Show hundredths with their sign."""
    return hundredths(number)


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
