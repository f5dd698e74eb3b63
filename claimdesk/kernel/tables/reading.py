"""Files of rows, read one after another, never whole."""

import codecs
import csv
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

from claimdesk.kernel.tables import excel

EXCEL_ROWS = 200_000
EXCEL_BYTES = 500 << 20
CELL_CHARACTERS = 100_000
_CHUNK = 1 << 20
_DELIMITERS = ",;\t|"


class Unusable(Exception):
    """A file that cannot be read as rows; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows with a header.

    `encoding` is empty for Excel. `rows()` starts anew each time and gives (line in the file, cells as text).
    """

    path: Path
    header: list[str]
    encoding: str
    delimiter: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield each row that is not empty. Raises Unusable where the file breaks off being a table."""
        return self._csv_rows() if self.encoding else self._excel_rows()

    def _csv_rows(self) -> Iterator[tuple[int, list[str]]]:
        with self.path.open(encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter)
            try:
                next(reader, None)
                for cells in reader:
                    if any(cells):
                        yield reader.line_num, cells
            except csv.Error as error:
                raise Unusable(
                    _("Line %(line)d: %(error)s") % {"line": reader.line_num, "error": error}
                ) from error

    def _excel_rows(self) -> Iterator[tuple[int, list[str]]]:
        with closing(_sheet(self.path)) as rows:
            next(rows, None)
            for line, cells in enumerate(rows, start=2):
                if any(cells):
                    yield line, cells


def open_table(path: Path) -> Table:
    """Open a CSV or Excel file and read its header.

    The encoding is UTF-8, UTF-16 by its mark, else Windows-1252; the delimiter is the one that the header
    has most of.
    Raises: Unusable.
    """
    if not path.is_file():
        raise Unusable(_("There is no file %(path)s.") % {"path": path})
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise Unusable(_("The file is empty."))
    if start[:2] == b"PK" or start[:4] == b"\xd0\xcf\x11\xe0":
        with closing(_sheet(path)) as rows:
            return Table(path, _header(next(rows, [])), encoding="", delimiter="")
    encoding = _encoding(path, start)
    with path.open(encoding=encoding, newline="") as file:
        line = file.readline(CELL_CHARACTERS)
    delimiter = max(_DELIMITERS, key=line.count)
    csv.field_size_limit(CELL_CHARACTERS)
    try:
        header = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error as error:
        raise Unusable(_("The first line is no header: %(error)s") % {"error": error}) from error
    return Table(path, _header(header), encoding, delimiter)


def _header(cells: list[str]) -> list[str]:
    header = [cell.strip() for cell in cells]
    while header and not header[-1]:
        header.pop()
    if not header or any(not name.isprintable() for name in header):
        raise Unusable(_("The first line must name the columns; this is no table of text."))
    twice = next((name for name in header if name and header.count(name) > 1), None)
    if twice:
        raise Unusable(_("The column %(name)s stands twice in the first line.") % {"name": twice})
    return header


def _encoding(path: Path, start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise Unusable(_("This is neither CSV nor Excel."))
    if _decodes(path, "utf-8"):
        return "utf-8-sig"
    if _decodes(path, "cp1252"):
        return "cp1252"
    raise Unusable(_("The text is neither UTF-8 nor Windows-1252. Save the file as CSV UTF-8."))


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _sheet(path: Path) -> Generator[list[str], None, None]:
    """Yield the rows of the first sheet, read by a process of its own; it ends with this generator.

    Raises Unusable where there is no sheet, where it is too big, and where reading it ends that process.
    """
    _refuse_bomb(path)
    command = [sys.executable, "-I", excel.__file__, str(path)]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(  # noqa: S603 - our own words, no shell
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said
        ) as reader,
        io.TextIOWrapper(cast("IO[bytes]", reader.stdout), encoding="utf-8", newline="") as written,
    ):
        try:
            rows = csv.reader(written)
            _refuse_height(int(next(rows, ["0"])[0]))
            yield from rows
            _refuse_failure(reader.wait(), said)
        except csv.Error as error:
            raise _unreadable(error) from error
        finally:
            reader.kill()


def _refuse_height(height: int) -> None:
    if height > EXCEL_ROWS + 1:
        raise Unusable(
            _("An Excel file may have %(limit)s rows, this one has %(rows)s. Save it as CSV UTF-8.")
            % {"limit": f"{EXCEL_ROWS:,}", "rows": f"{height - 1:,}"}
        )


def _refuse_failure(code: int, said: IO[bytes]) -> None:
    """Refuse what the reader called no workbook, and what was more than it may take of memory and time."""
    if code == excel.UNREADABLE:
        said.seek(0)
        raise _unreadable(said.read(500).decode("utf-8", "replace"))
    if code:
        raise Unusable(_("This Excel file is too big. Save it as CSV UTF-8."))


def _unreadable(error: object) -> Unusable:
    return Unusable(_("This Excel file cannot be read: %(error)s. Save it as CSV UTF-8.") % {"error": error})


def _refuse_bomb(path: Path) -> None:
    """Refuse a workbook that would unpack to more than any honest one does, before anything unpacks it."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile:
        return  # an .xls of old, or broken: the reader says which
    if unpacked > EXCEL_BYTES:
        raise Unusable(_("This Excel file is too big. Save it as CSV UTF-8."))
