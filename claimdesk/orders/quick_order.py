"""Quick orders: lines of number and quantity, as people paste and upload them, read one by one (O4)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _

from claimdesk.kernel.quantities import DECIMALS, LARGEST
from claimdesk.kernel.tables import Unusable, open_table, suggest, unguarded
from claimdesk.kernel.text import tidy
from claimdesk.orders.wanted import MOST_LINES

LONGEST_NUMBER = 60
LONGEST_LINE = 400
WORDS = {
    "number": (
        "product", "product_number", "item", "item_number", "article", "article_number", "part", "part_number",
        "sku", "code", "artikel", "artikelnummer", "artikel_nr", "artikelnr", "bestellnummer", "nummer", "art_nr",
    ),
    "quantity": ("qty", "amount", "pieces", "pcs", "count", "menge", "anzahl", "stück", "stueck", "stk"),
}  # fmt: skip
_TIMES_FIRST = re.compile(r"^(?P<quantity>\d[\d.,]*)\s*[x×*]\s+(?P<number>\S.*)$", re.I)
_TIMES_LAST = re.compile(r"^(?P<number>\S.*?)\s+[x×*]\s*(?P<quantity>\S+)$", re.I)
_CUT = {"\t": re.compile(r"\t+"), ";": re.compile(r"\s*;\s*"), ",": re.compile(r"\s*,\s*")}
_PLAIN = re.compile(r"^[+-]?\d+([.,]\d+)?$")


@dataclass(frozen=True, slots=True)
class QuickLine:
    """One line as it came: where it stood, what it says, and what is wrong with it (empty: nothing).

    `written` is the quantity as it was typed, `quantity` what it means; 0 where it means nothing.
    """

    line: int
    number: str
    written: str
    quantity: Decimal = Decimal(0)
    fault: str = ""


def read_pasted(text: str) -> list[QuickLine]:
    """Return the lines of a pasted text: `NUMBER QUANTITY`, parted by blanks, a tab, a semicolon or a comma.

    Empty lines and a line of headings are left out. `3 x NUMBER` and `NUMBER x 3` are understood too.
    """
    pairs = ((at, *_parted(line)) for at, line in enumerate(text.splitlines(), start=1) if line.strip())
    return _read(pairs)


def read_fields(numbers: Iterable[str], quantities: Iterable[str]) -> list[QuickLine]:
    """Return the lines of a form that has a field for the number and one for the quantity in each row."""
    pairs = zip(numbers, quantities, strict=False)
    return _read((at, n, q) for at, (n, q) in enumerate(pairs, start=1) if n.strip() or q.strip())


def read_file(path: Path) -> list[QuickLine]:
    """Return the lines of a CSV or Excel file; without headings its first columns are number and quantity.

    Raises: Unusable.
    """
    table = open_table(path)
    found = suggest(table.header, WORDS)
    rows = ((line, [unguarded(cell).strip() for cell in cells]) for line, cells in table.rows())
    if "number" not in found:
        if len(table.header) < 2:
            raise Unusable(_("The file needs two columns: number and quantity."))
        first = _cells(table.header)
        start = [] if _is_heading(*first) else [(1, *first)]
        return _read([*start, *((line, *_cells(cells)) for line, cells in rows)])
    if "quantity" not in found:
        raise Unusable(_("The file has no column for the quantity; call it quantity."))
    number, quantity = table.header.index(found["number"]), table.header.index(found["quantity"])
    return _read((line, _cell(cells, number), _cell(cells, quantity)) for line, cells in rows)


def quantity_of(text: str) -> Decimal | None:
    """Return a quantity as people write it (`3`, `2.5`, `2,5`), or None for what is no number.

    `1.000` is a thousand to some and one to others, so it is no number here.
    """
    plain = text.strip().replace("\u00a0", "")
    if not plain.isascii() or not _PLAIN.match(plain) or len(plain) > 20:
        return None
    whole, mark, decimals = plain.replace(",", ".").partition(".")
    if mark and len(decimals) == 3 and len(whole.lstrip("+-")) <= 3 and whole.strip("+-0"):
        return None
    return Decimal(f"{whole}{mark}{decimals}")


def _read(rows: Iterable[tuple[int, str, str]]) -> list[QuickLine]:
    lines: list[QuickLine] = []
    for line, number, written in _without_heading(rows):
        if len(lines) == MOST_LINES:
            fault = _("Only %(most)s lines at a time; this one and those after it were left out.")
            lines.append(QuickLine(line, number, written, fault=fault % {"most": MOST_LINES}))
            break
        lines.append(_line(line, tidy(number), tidy(written)))
    return lines


def _without_heading(rows: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, str, str]]:
    for at, row in enumerate(rows):
        if at or not _is_heading(row[1], row[2]):
            yield row


def _is_heading(number: str, written: str) -> bool:
    """Tell whether that is a line of headings: words where the number and the quantity would stand."""
    return not any(character.isdigit() for character in number + written) and bool(
        set(suggest([number, written], WORDS)) or (number and written)
    )


def _parted(line: str) -> tuple[str, str]:
    """Return number and quantity of a line; the last cell is the quantity, and blanks may stand in a number."""
    line = line.strip(" \u00a0\r")
    if len(line) > LONGEST_LINE:
        return line[
            :LONGEST_LINE
        ], ""  # no number is that long; what parts a line would look at it for minutes
    for mark in ("\t", ";"):
        if mark in line:
            return _cells([unguarded(cell) for cell in _CUT[mark].split(line.rstrip(mark + " "))])
    if times := _TIMES_FIRST.match(line) or _TIMES_LAST.match(line):
        return times["number"], times["quantity"]
    if "," in line and not re.search(r"[^\s,]\s+\d[\d.,]*$", line):
        cells = _CUT[","].split(line.strip(", "))
        decimal = len(cells) == 3 and cells[1].isdigit() and cells[2].isdigit()
        return (cells[0], ",".join(cells[1:])) if decimal else _cells(cells)
    number, _blank, written = line.rpartition(" ")
    return (number.strip(), written) if number.strip() else (line.strip(), "")


def _cells(cells: list[str]) -> tuple[str, str]:
    return _cell(cells, 0), _cell(cells, 1)


def _cell(cells: list[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""


def _line(line: int, number: str, written: str) -> QuickLine:
    quantity = quantity_of(written) if written else None
    fault = _fault(number, written, quantity)
    return QuickLine(line, number, written, Decimal(0) if fault else quantity or Decimal(0), fault)


def _fault(number: str, written: str, quantity: Decimal | None) -> str:
    """Return what is wrong with a line by itself, whatever the catalogue holds."""
    if not number:
        return _("The product's number is missing.")
    if len(number) > LONGEST_NUMBER:
        return _("No product's number is that long.")
    if not written:
        return _("The quantity is missing.")
    if quantity is None:
        words = _("“%(written)s” is no quantity; write 1000 or 2.5.")
        return words % {"written": written[:40]}
    if quantity <= 0:
        return _("The quantity must be more than nothing.")
    if quantity > LARGEST:
        return _("That is more than anybody can order.")
    if -int(quantity.as_tuple().exponent) > DECIMALS:
        return _("A quantity has at most three decimals.")
    return ""
