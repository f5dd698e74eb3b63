"""Files of rows, written one after another, in constant memory."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from claimdesk.kernel.tables.guarding import guarded
from claimdesk.kernel.tables.reading import EXCEL_ROWS, Unusable


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write `rows` as CSV, or as Excel where `path` ends in .xlsx; return how many.

    The file appears under its name when it is whole. Raises Unusable for too many rows for Excel.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        if path.suffix.casefold() == ".xlsx":
            count = _write_excel(unfinished, header, rows)
        else:
            count = _write_csv(unfinished, header, rows)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for row in rows:
            writer.writerow([guarded(cell) for cell in row])
            count += 1
    return count


def _write_excel(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    count = 0
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False})
    with book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        for count, row in enumerate(rows, start=1):
            if count > EXCEL_ROWS:
                raise Unusable(_("Too many rows for Excel; write a file that ends in .csv."))
            for place, cell in enumerate(row):
                sheet.write_string(count, place, cell)
    return count
