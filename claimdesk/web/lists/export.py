"""A list as a file: all matching rows, in the page's sort, as CSV (streamed) or Excel (constant memory)."""

import codecs
import csv
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.translation import gettext

from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import Refused
from claimdesk.kernel.tables import guarded
from claimdesk.web.lists.found import matching
from claimdesk.web.lists.page import Column
from claimdesk.web.lists.state import State

FORMATS = ("csv", "xlsx")
CHUNK = 2000
MOST_ROWS_IN_EXCEL = 1_048_575
FOR_EXCEL = codecs.BOM_UTF8.decode()  # without it, Excel takes “Müller” for “MÃ¼ller”


def export(state: State, kind: str) -> HttpResponseBase:
    """Return the state's rows as a file of `kind`, one of FORMATS.

    Refuses: `too_many_rows` for Excel.
    """
    wanted = state.columns if state.named_columns else state.page.columns
    columns = [column for column in wanted if column.exported]
    found = matching(state)
    rows = _in_order(state.page.for_files(found) if state.page.for_files else found, state)
    name = f"{state.page.name}-{today():%Y-%m-%d}.{kind}"
    return _csv(columns, rows, name) if kind == "csv" else _xlsx(columns, rows, name)


def _in_order(rows: QuerySet[Any], state: State) -> Iterable[Any]:
    return rows.order_by(*state.order.fields(backwards=False)).iterator(chunk_size=CHUNK)


def plain(value: Any) -> Any:
    """Return a cell's value as a file carries it: words, numbers, ISO days and instants."""
    if value is None or (isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return ", ".join(force_str(part) for part in value)
    return force_str(value)


def _in_csv(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers."""
    words = plain(value)
    return guarded(words) if isinstance(words, str) else words


class _Echo:
    """A file for csv.writer that hands back what it is given."""

    def write(self, text: str) -> str:
        return text


def _csv(columns: list[Column], rows: Iterable[Any], name: str) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield FOR_EXCEL + writer.writerow([column.name for column in columns])
        for row in rows:
            yield writer.writerow([_in_csv(column.exported_of(row)) for column in columns])

    return StreamingHttpResponse(
        lines(),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _xlsx(columns: list[Column], rows: Iterable[Any], name: str) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        bold, instant, day = (
            book.add_format({"bold": True}),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        sheet.freeze_panes(1, 0)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, 20)
            sheet.write_string(0, at, force_str(column.label), bold)
        for line, row in enumerate(rows, start=1):
            if line > MOST_ROWS_IN_EXCEL:
                raise Refused("too_many_rows", gettext("Excel holds 1,048,575 rows; export as CSV instead."))
            for at, column in enumerate(columns):
                value = column.exported_of(row)
                if isinstance(value, datetime):
                    local = timezone.localtime(value) if timezone.is_aware(value) else value
                    sheet.write_datetime(line, at, local.replace(tzinfo=None), instant)
                elif isinstance(value, date):
                    sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), day)
                else:
                    sheet.write(line, at, plain(value))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name)
