"""What may link without a clerk: certain answers only (A9, A32, A34)."""

import pytest

from claimdesk.customers.matching.candidates import rank
from claimdesk.customers.matching.certain import certain
from claimdesk.customers.matching.records import Newcomer, Place, Record
from claimdesk.customers.matching.score import score

NAME = "Zwickelbauer Xylophone GmbH"
PLACE = Place("Magazinweg 7", "60528", "Frankfurt", "DE")


def asked(newcomer: Newcomer, *on_file: Record):
    return certain(rank([(score(newcomer, record), record) for record in on_file]))


def customer(
    customer_id: int = 1, *, name: str = NAME, status: str = "active", place: Place = PLACE
) -> Record:
    return Record(customer_id, f"K{customer_id}", status, (name,), places=(place,), tax_number="DE123456789")


def newcomer(name: str = NAME, **fields: str) -> Newcomer:
    address = {"street": PLACE.street, "postcode": PLACE.postcode, "town": PLACE.town, "country": "DE"}
    return Newcomer(name=name, **(address | fields))


def test_name_and_address_are_certain():  # A9
    found = asked(newcomer(), customer())

    assert found is not None
    assert found.number == "K1"


@pytest.mark.parametrize("fields", [{}, {"town": "Frankfurt"}, {"town": "Frankfurt", "country": "DE"}])
def test_a_name_alone_is_never_certain_however_rare(fields):  # A9
    assert asked(Newcomer(name=NAME, **fields), customer()) is None


def test_two_plausible_customers_are_never_certain():  # A32
    assert asked(newcomer(), customer(1), customer(2)) is None


def test_an_inactive_customer_is_never_certain():  # A34
    assert asked(newcomer(), customer(status="inactive")) is None


@pytest.mark.parametrize(
    "name", ["Zwickelbauer Xylophone Holding GmbH", "Zwickelbauer Xylophone Leasing GmbH"]
)
def test_a_firm_of_the_same_group_is_not_certain_at_the_same_address(name):  # A9
    assert asked(newcomer(name), customer()) is None


def test_a_proof_outweighs_the_doubt():  # A9
    found = asked(newcomer("Zwickelbauer Xylophone Holding GmbH", tax_number="DE 123456789"), customer())

    assert found is not None


def test_another_tax_number_is_not_certain():  # A9
    assert asked(newcomer(tax_number="DE 987654321"), customer()) is None
