"""The first sheet of an Excel file as CSV on standard output, read by a process of its own: `python excel.py FILE`.

A sheet holds all cells between its outermost two, so a file of five kilobytes can ask for a thousand times the memory
that there is. What a reader does then ends its process: this one, and not the one that serves everybody.
"""

import csv
import resource
import sys
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

MOST_MEMORY = 2 << 30
MOST_SECONDS = 300
UNREADABLE = 3


def main(path: str) -> int:
    """Write how many rows there are, then the rows; UNREADABLE and a word on standard error for what is no workbook."""
    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    sys.stderr.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    except (CalamineError, IndexError, OSError) as error:
        sys.stderr.write(str(error))
        return UNREADABLE
    writer = csv.writer(sys.stdout)
    writer.writerow([sheet.total_height])
    writer.writerows([text_of(cell) for cell in cells] for cells in sheet.iter_rows())
    return 0


def text_of(cell: Any) -> str:
    """Return what a cell says: whole numbers without a point, days and instants in ISO 8601."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
