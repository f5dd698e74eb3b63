from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from claimdesk.kernel.tables import Unusable
from claimdesk.orders.quick_order import quantity_of, read_fields, read_file, read_pasted
from claimdesk.orders.wanted import MOST_LINES


def pairs(text: str) -> list[tuple[str, Decimal]]:
    return [(line.number, line.quantity) for line in read_pasted(text)]


@pytest.mark.parametrize(
    "line",
    ["A-100 3", "A-100\t3", "A-100;3", "A-100,3", "A-100, 3", "  A-100    3  ", "3 x A-100", "A-100 x 3", "A-100 x3"],
)  # fmt: skip
def test_a_line_is_number_and_quantity_however_they_are_parted(line):  # O4
    assert pairs(line) == [("A-100", Decimal(3))]


def test_blanks_may_stand_in_a_number():  # O4
    assert pairs("M8 x 40 12\nAB 12 3") == [("M8 x 40", Decimal(12)), ("AB 12", Decimal(3))]


def test_a_line_copied_from_a_spreadsheet_may_have_more_columns():  # O4
    assert pairs("A-100\t3\tHammer\t12.50") == [("A-100", Decimal(3))]


@pytest.mark.parametrize(
    "line", ["OIL-5 2,5", "OIL-5 2.5", "OIL-5;2,5", "OIL-5,2.5", "OIL-5,2,5", "OIL-5\t2,50"]
)
def test_fractions_are_written_with_a_point_or_a_comma(line):  # O4
    assert pairs(line) == [("OIL-5", Decimal("2.5"))]


def test_headings_and_empty_lines_are_left_out():  # O4
    lines = read_pasted("Article number\tQty\n\nA-100\t3\r\n   \nB-200\t1\n")

    assert [(line.line, line.number) for line in lines] == [(3, "A-100"), (5, "B-200")]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("A-100", "quantity is missing"),
        (";3", "number is missing"),
        ("A-100 many", "“many” is no quantity"),
        ("A-100 0", "more than nothing"),
        ("A-100 -2", "more than nothing"),
        ("A-100 1.000", "“1.000” is no quantity"),
        ("A-100 1,000,000", "no quantity"),
        ("A-100 0.0001", "three decimals"),
        ("A-100 9999999999", "more than anybody"),
        ("A-100 1e5", "no quantity"),
        ("A-100 ٣", "no quantity"),
        (f"{'A' * 61} 1", "that long"),
    ],
)
def test_each_fault_is_named_beside_its_line(line, fault):  # O4
    first, wrong = read_pasted(f"GOOD-1 1\n{line}")

    assert first.fault == ""
    assert fault in wrong.fault
    assert wrong.line == 2
    assert wrong.quantity == 0


def test_too_many_lines_are_cut_with_a_word():  # O4
    lines = read_pasted("\n".join(f"A-{n} 1" for n in range(MOST_LINES + 50)))

    assert len(lines) == MOST_LINES + 1
    assert "left out" in lines[-1].fault


@pytest.mark.parametrize("between", [" ", ";", " x ", ", ", "\t"])
def test_a_line_without_end_is_a_fault_at_once(between):  # O4
    """Looked at for all that could part it, a line of a whole page would keep the server busy for minutes."""
    (line,) = read_pasted(f"A{between * 20_000}b")

    assert line.fault
    assert line.quantity == 0


@given(st.text(max_size=200))
def test_whatever_is_pasted_every_line_is_right_or_has_a_fault(text):  # O4
    for line in read_pasted(text):
        assert bool(line.fault) != bool(line.number and line.quantity > 0)


@given(st.decimals(min_value=Decimal("0.001"), max_value=Decimal(99_999), places=3))
def test_what_is_read_as_a_quantity_is_what_was_written(quantity):  # O4
    plain = format(quantity.normalize(), "f")

    read = quantity_of(plain)

    assert read in (None, quantity)
    assert (read is None) <= ("." in plain)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "order.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_with_headings_is_read_by_them(tmp_path):  # O4
    path = written(tmp_path, "Bezeichnung;Menge;Artikelnummer\nHammer;3;A-100\nNagel;2,5;B-200\n")

    lines = read_file(path)

    assert [(line.number, line.quantity) for line in lines] == [("A-100", 3), ("B-200", Decimal("2.5"))]
    assert [line.line for line in lines] == [2, 3]


def test_a_file_without_headings_is_number_then_quantity(tmp_path):  # O4
    lines = read_file(written(tmp_path, "A-100,3\nB-200,none\n"))

    assert [(line.line, line.number, line.quantity) for line in lines] == [(1, "A-100", 3), (2, "B-200", 0)]
    assert "no quantity" in lines[1].fault


def test_a_workbook_is_read_as_well(tmp_path):  # O4
    path = tmp_path / "order.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["number", "quantity"])
        sheet.write_row(1, 0, ["A-100", 3])

    assert [(line.number, line.quantity) for line in read_file(path)] == [("A-100", 3)]


@pytest.mark.parametrize("text", ["number\nA-100\n", "number,colour\nA-100,red\n", ""])
def test_a_file_without_a_quantity_says_what_is_missing(tmp_path, text):  # O4
    with pytest.raises(Unusable):
        read_file(written(tmp_path, text))


def test_rows_of_a_form_are_read_as_they_stand():  # O4
    lines = read_fields(["A-100", "", "B-200"], ["3", "", "x"])

    assert [(line.line, line.number) for line in lines] == [(1, "A-100"), (3, "B-200")]
    assert [bool(line.fault) for line in lines] == [False, True]
