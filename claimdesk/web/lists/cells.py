"""Cells that several lists have. A cell takes the row and who looks, and returns safe HTML."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from claimdesk.kernel.actor import Actor
from claimdesk.web.pieces import badge


def state_cell(row: Any, _actor: Actor) -> SafeString:
    """Show the row's state as a coloured word."""
    return badge(row.state, row.get_state_display())


def stacked(first: Any, second: Any = "") -> SafeString:
    """Show one thing above a smaller one."""
    below = format_html("<small>{}</small>", second) if second else ""
    return format_html('<span class="stacked"><span>{}</span>{}</span>', first, below)
