"""Every address × every kind of person: who is let in, who is sent to sign in, for whom nothing is there."""

import pytest

from tests.doors.knocking import knock
from tests.doors.table import TABLES, Row, addresses, all_rows, rows
from tests.doors.world import PEOPLE, World

FAILURE = "5"
GONE = "404"
OF_THE_SELLER = {"portal:product", "portal:picture", "portal:thumbnail"}
INSIDE = ("200", "303", "409", "422")


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("table", TABLES)
def test_doors_open_as_the_table_says(world: World, table: str, person: str):  # A80
    browser = world.client(person)

    answers = {row: knock(world, browser, row.name, row.method) for row in rows(table)}

    wrong = {
        f"{row.method} {row.name}": f"expected {row.answers[person]}, got {answer}"
        for row, answer in answers.items()
        if answer != row.answers[person]
    }
    assert wrong == {}


def test_every_address_stands_in_a_table():
    """Who makes a page writes a row for it: who gets which answer."""
    written = {row.name for row in all_rows()}

    assert set(addresses()) == written


def test_no_row_stands_twice():
    written = [(row.name, row.method) for row in all_rows()]

    assert sorted(set(written)) == sorted(written)


def test_no_table_expects_a_failure():
    failing = [row for row in all_rows() if any(cell.startswith(FAILURE) for cell in row.answers.values())]

    assert failing == []


def shows_a_thing(row: Row) -> bool:
    """Tell whether the address names one thing by its key, that is not everybody's to buy."""
    return "pk>" in str(addresses()[row.name].pattern) and row.name not in OF_THE_SELLER


def test_another_customers_manager_finds_nothing():
    """What the customer's own manager reaches by its key does not exist for the manager of another."""
    mine = [row for row in all_rows() if shows_a_thing(row) and row.answers["manager"] in INSIDE]

    assert len(mine) > 5
    assert {row: row.answers["other"] for row in mine if row.answers["other"] != GONE} == {}


def test_staff_limited_to_own_customers_find_nothing_of_others():  # A53
    of_customers = [
        row for row in all_rows() if shows_a_thing(row) and row.name.startswith("office:") and is_of_all(row)
    ]

    assert len(of_customers) > 20
    assert {row: row.answers["limited"] for row in of_customers if row.answers["limited"] != GONE} == {}


def is_of_all(row: Row) -> bool:
    """Tell whether staff in sales reach the thing because it is a customer's, not because it is the seller's."""
    return row.answers["sales"] in INSIDE and not row.name.startswith(("office:import", "office:product"))


def test_the_office_does_not_exist_for_customers_people():
    customers_people = ("pending", "viewer", "buyer", "service", "manager", "other")
    seen = {
        (row.name, person): row.answers[person]
        for row in all_rows()
        if row.name.startswith("office:")
        for person in customers_people
        if row.answers[person] not in (GONE, "405")
    }

    assert seen == {}
