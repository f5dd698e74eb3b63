"""Filters for the office's pages."""

from django import template

register = template.Library()


@register.filter
def percent(probability: float) -> int:
    """Return a probability in whole per cent."""
    return round(probability * 100)
