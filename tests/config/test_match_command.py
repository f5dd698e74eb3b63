"""`claimdesk match`: newcomers of a file against customers on file or of a file."""

import csv
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from claimdesk.config.commands.match import match
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Customer
from claimdesk.kernel.tables import Unusable
from tests import make

pytestmark = pytest.mark.django_db

CUSTOMERS = [
    ("number", "name", "postcode", "town", "country"),
    ("K1", "Ernst Handel GmbH", "8010", "Graz", "Austria"),
    ("K2", "Königlich Essen", "14776", "Brandenburg", "DEU"),
]
NEWCOMERS = [
    ("id", "name", "email", "postcode", "town", "country"),
    ("a", "Ernst Händel", "", "8010", "Graz", "AT"),
    ("b", "Nobody Knows Us Inc.", "us@gmail.com", "99999", "Nowhere", "USA"),
]


def written(folder: Path, name: str, rows: list[tuple[str, ...]]) -> str:
    path = folder / name
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    else:
        with path.open("w", newline="") as file:
            csv.writer(file).writerows(rows)
    return str(path)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(match, arguments, catch_exceptions=False)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_newcomers_of_a_file_are_matched_against_customers_of_a_file(tmp_path, ending):  # A31
    customers = written(tmp_path, f"customers.{ending}", CUSTOMERS)
    newcomers = written(tmp_path, f"newcomers.{ending}", NEWCOMERS)
    out = tmp_path / "out.csv"

    result = run(newcomers, "--against", customers, "--out", str(out))

    assert result.exit_code == 0
    with out.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["id", "rank", "number", "probability", "reasons"]
    assert (rows[0]["id"], rows[0]["rank"], rows[0]["number"]) == ("a", "1", "K1")
    assert float(rows[0]["probability"]) > 0.9
    assert "same postcode 8010" in rows[0]["reasons"]
    assert list(rows[-1].values()) == ["b", "0", "", "", ""]
    assert "2 newcomers, 1 with a candidate; lookup p50" in result.output
    assert not Customer.objects.exists()


def test_without_a_file_the_customers_on_file_are_meant(tmp_path):  # A31
    customer = make.customer(name="Ernst Handel GmbH", town="Graz")
    reindex([customer.pk])

    result = run(written(tmp_path, "newcomers.csv", NEWCOMERS))

    assert f"a,1,{customer.number}," in result.output


def test_a_file_without_any_known_column_is_refused_in_words(tmp_path):  # A31
    path = written(tmp_path, "other.csv", [("colour", "weight"), ("red", "7")])

    with pytest.raises(Unusable, match="none of its columns is known"):
        run(path)


def test_only_as_many_as_asked_for(tmp_path):  # A31
    for name in ("Ernst Handel GmbH", "Ernst Handel KG"):
        reindex([make.customer(name=name).pk])

    result = run(written(tmp_path, "newcomers.csv", NEWCOMERS), "--top", "1")

    assert "a,1," in result.output
    assert "a,2," not in result.output
