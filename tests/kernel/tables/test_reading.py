import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from claimdesk.kernel.tables import Unusable, open_table, reading, write_table


def file(folder: Path, content: bytes, name: str = "rows.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "delimiter"),
    [
        ("number,name\n1,Müller\n".encode(), ","),
        ("number;name\n1;Müller\n".encode("utf-8-sig"), ";"),
        ("number\tname\r\n1\tMüller\r\n".encode("utf-16"), "\t"),
        ("number|name\n1|Müller\n".encode("cp1252"), "|"),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16", "Windows-1252"],
)
def test_encoding_and_delimiter_are_found(tmp_path, content, delimiter):  # A75
    table = open_table(file(tmp_path, content))

    assert table.header == ["number", "name"]
    assert table.delimiter == delimiter
    assert list(table.rows()) == [(2, ["1", "Müller"])]


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n\0\0\0", b"\n", b"a,a\n1,2\n", b"PK\x03\x04 no workbook", b"\x01\x02\n"],
    ids=["empty", "a picture", "no header", "column twice", "broken Excel", "control characters"],
)
def test_what_is_no_table_is_refused_with_a_word(tmp_path, content):  # A75
    with pytest.raises(Unusable) as refusal:
        open_table(file(tmp_path, content))

    assert len(str(refusal.value)) > 10


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(Unusable, match=r"nowhere\.csv"):
        open_table(tmp_path / "nowhere.csv")


def test_a_huge_cell_breaks_off_with_its_line(tmp_path):
    table = open_table(file(tmp_path, b'number,name\n1,a\n2,"' + b"x" * 200_000 + b'"\n'))

    with pytest.raises(Unusable, match="Line"):
        list(table.rows())


def test_lines_are_those_of_the_file_also_after_a_cell_of_two_lines(tmp_path):
    table = open_table(file(tmp_path, b'number,name\n1,"two\nlines"\n\n2,b\n'))

    assert list(table.rows()) == [(3, ["1", "two\nlines"]), (5, ["2", "b"])]


def test_excel_gives_numbers_and_days_as_text(tmp_path):
    path = tmp_path / "rows.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["number", "postcode", "share", "day"])
        sheet.write_row(1, 0, ["K1", 12209, 0.5])
        sheet.write_formula(2, 0, "=1+1", value=2)

    assert list(open_table(path).rows()) == [(2, ["K1", "12209", "0.5", ""]), (3, ["2", "", "", ""])]


def test_a_workbook_that_unpacks_to_gigabytes_is_refused_unopened(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "EXCEL_BYTES", 1_000_000)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)

    with pytest.raises(Unusable, match="too big"):
        open_table(path)


def test_a_small_workbook_that_asks_for_all_memory_is_refused(tmp_path):
    """Reading it ends a process, which must not be the one that serves."""
    path = tmp_path / "far_apart.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["number", "quantity"])
        sheet.write(1_048_575, 16_383, "the last cell there is")

    with pytest.raises(Unusable, match="too big"):
        open_table(path)


def test_a_workbook_is_left_where_no_more_of_it_is_wanted(tmp_path):
    path = tmp_path / "rows.xlsx"
    write_table(path, ["number", "name"], ([str(n), "two\nlines, and “a”"] for n in range(20_000)))

    rows = open_table(path).rows()

    assert next(rows) == (2, ["0", "two\nlines, and “a”"])
    rows.close()


@pytest.mark.parametrize("name", ["rows.csv", "rows.xlsx"])
def test_what_is_written_is_read_again_and_formulas_are_harmless(tmp_path, name):
    path = tmp_path / name

    count = write_table(path, ["number", "name"], [["1", "Ann"], ["2", "=cmd()"]])

    guard = "'" if name.endswith("csv") else ""
    assert count == 2
    assert list(open_table(path).rows()) == [(2, ["1", "Ann"]), (3, ["2", f"{guard}=cmd()"])]


def test_a_file_is_not_half_written(tmp_path):
    def rows():
        yield ["1"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_table(tmp_path / "rows.csv", ["number"], rows())

    assert list(tmp_path.iterdir()) == []
