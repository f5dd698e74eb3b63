"""The rows of a list as HTML, written by Python: templates would cost them several times as much (decision 0005).

Whatever a page says of a row is escaped here or comes as safe HTML from a column's `cell`.
"""

from collections.abc import Iterable
from typing import Any

from django.forms.utils import flatatt
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from claimdesk.kernel.actor import Actor
from claimdesk.web.lists.page import Column, ListPage
from claimdesk.web.pieces import shown

CHOOSE = (
    '<td class="choose"><input type="checkbox" class="form-check-input" name="ids" value="{}" form="bulk"'
    ' aria-label="{}"></td>'
)


def rows_html(
    page: ListPage, columns: list[Column], rows: Iterable[Any], *, actor: Actor, choosable: bool
) -> SafeString:
    """Return the rows with these columns, as `actor` sees them; `choosable` puts a checkbox before each."""
    frames = [(column, *_frame(column)) for column in columns]
    heading = next((column for column in page.columns if column.heading), None)
    words = gettext("Choose %(row)s") if choosable else ""
    lines = []
    for row in rows:
        choose = (
            format_html(CHOOSE, row.pk, words % {"row": heading.of(row) if heading else row}) if words else ""
        )
        cells = "".join(
            f"{opening}{_cell(column, row, actor)}{closing}" for column, opening, closing in frames
        )
        lines.append(f"<tr{_attributes(page, row)}>{choose}{cells}</tr>\n")
    return mark_safe("".join(lines))


def _frame(column: Column) -> tuple[SafeString, str]:
    """Return how the column's cells begin and end."""
    if column.heading:
        return mark_safe('<th scope="row" class="row-head">'), "</th>"
    attributes = {"data-label": column.label, "class": "numeric" if column.numeric else None}
    return format_html("<td{}>", flatatt(attributes)), "</td>"


def _attributes(page: ListPage, row: Any) -> str:
    pairs = (
        ("id", f"row-{row.pk}"),
        ("class", page.row_class(row) if page.row_class else ""),
        ("data-state", getattr(row, "state", "")),
        ("data-url", page.row_url(row) if page.row_url else ""),
    )
    said = "".join(f' {name}="{escape(value)}"' for name, value in pairs if value)
    return f"{said} data-row{' data-row-dialog' if page.row_dialog else ''}"


def _cell(column: Column, row: Any, actor: Actor) -> SafeString:
    """Return what stands in a cell, as safe HTML."""
    if column.cell:
        return column.cell(row, actor)
    value = shown(column.of(row))
    if not column.link:
        return conditional_escape(value)
    html = '<a href="{}" data-dialog>{}</a>' if column.dialog else '<a href="{}">{}</a>'
    return format_html(html, column.link(row), value)
