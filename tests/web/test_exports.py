import codecs
import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db.models import Value
from python_calamine import CalamineWorkbook

from claimdesk.customers.models import Customer
from claimdesk.kernel.tables import open_table
from claimdesk.web.lists import Column
from claimdesk.web.lists.export import plain
from tests import make
from tests.web.pages import answer, customer_page

pytestmark = pytest.mark.django_db


def rows_of_csv(query: str = "", **fields: object) -> list[list[str]]:
    response = answer(f"format=csv&{query}", customer_page(**fields))
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(text)))


def rows_of_excel(query: str = "", **fields: object) -> list[list[object]]:
    response = answer(f"format=xlsx&{query}", customer_page(**fields))
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    response.close()
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_csv_holds_all_rows_that_match_and_all_columns():
    for name in ("Nut", "Bolt", "Bolt", "Awl"):
        make.customer(name=name)

    rows = rows_of_csv("q=bolt&sort=-number&after=zzz", size=1)

    assert rows[0] == ["name", "number", "status", "activated", "representative", "phone"]
    assert [row[0] for row in rows[1:]] == ["Bolt", "Bolt"]
    assert [row[1] for row in rows[1:]] == sorted((row[1] for row in rows[1:]), reverse=True)


def test_a_csv_says_to_excel_that_it_is_utf8_and_is_read_by_ourselves(tmp_path: Path):
    make.customer(name="Müller")
    content = b"".join(answer("format=csv&columns=name,number", customer_page()).streaming_content)  # type: ignore[attr-defined]
    file = tmp_path / "customers.csv"
    file.write_bytes(content)

    table = open_table(file)

    assert content.startswith(codecs.BOM_UTF8)
    assert table.header == ["name", "number"]
    assert [cells[0] for _line, cells in table.rows()] == ["Müller"]


def test_a_csv_holds_the_columns_that_were_chosen():
    make.customer(name="Bolt")

    assert rows_of_csv("columns=name")[0] == ["name"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＠"])
def test_no_cell_of_a_csv_is_a_formula(sign: str):
    make.customer(name=f"{sign}cmd|' /C calc'!A0")

    name = rows_of_csv()[1][0]

    assert name == f"'{sign}cmd|' /C calc'!A0"


def test_numbers_in_a_csv_stay_numbers():
    make.customer(name="Bolt")
    columns = (Column("balance", "Balance"), Column("name", "Company", sort="name_folded"))

    rows = rows_of_csv(rows=lambda _actor: Customer.objects.annotate(balance=Value(-5)), columns=columns)

    assert rows[1] == ["-5", "Bolt"]


def test_files_carry_iso_days_and_words():
    assert plain(datetime(2025, 2, 1, 10, 30, tzinfo=UTC)) == "2025-02-01T10:30:00+00:00"
    assert plain(date(2025, 2, 1)) == "2025-02-01"
    assert plain(True) == "yes"
    assert plain(["a", "b"]) == "a, b"


def test_an_excel_file_holds_text_as_text_and_instants_as_instants():
    make.customer(name="=1+1", first_activated_at=datetime(2025, 2, 1, 10, 30, tzinfo=UTC))
    make.customer(name="Zinc", phone="https://example.com")

    rows = rows_of_excel("sort=name")

    assert rows[0][0] == "Company"
    assert rows[1][0] == "=1+1"
    assert rows[1][3] == datetime(2025, 2, 1, 10, 30)
    assert [row[0] for row in rows[1:]] == ["=1+1", "Zinc"]


def test_a_file_has_a_name_and_is_no_page():
    response = answer("format=csv")

    assert response["Content-Disposition"].startswith('attachment; filename="customers-')
    assert response["Content-Type"].startswith("text/csv")


def test_columns_can_stay_out_of_files_or_export_another_value():
    make.customer(name="Bolt", number="K1")
    columns = (
        Column("name", "Company", sort="name_folded", export=lambda row: row.name.upper()),
        Column("number", "Number", exported=False),
    )

    assert rows_of_csv(columns=columns) == [["name"], ["BOLT"]]
