"""Rows of a CSV or Excel file, by the names in its first row."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a CSV or Excel file as texts by column."""
    if path.suffix.lower() in (".xlsx", ".xls", ".xlsb", ".ods"):
        rows = iter(CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
        names = [str(name).strip().lower() for name in next(rows, [])]
        for row in rows:
            yield {name: _text(value) for name, value in zip(names, row, strict=False)}
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
