import pytest

from claimdesk.customers.actions.addresses import add_address
from claimdesk.customers.actions.contacts import add_contact, remove_contact
from claimdesk.customers.actions.customers import change_customer, create_customer
from claimdesk.customers.models import Contact, Customer
from claimdesk.customers.search import find_contacts, find_customers
from claimdesk.customers.search.index import refile
from tests import make

pytestmark = pytest.mark.django_db


def found(text: str, rows=None) -> list[str]:
    keys = find_customers(rows if rows is not None else Customer.objects.all(), text)
    names = dict(Customer.objects.values_list("pk", "name"))
    return [names[key] for key in keys]


def bakery() -> Customer:
    customer = create_customer(
        number="K-00 42", name="Bäckerei Müller-Söhne GmbH", email="info@mueller.example", by=make.STAFF
    )
    add_address(customer, kind="shipping", postcode="D-10115", town="São Paulo", by=make.STAFF)
    return customer


@pytest.mark.parametrize(
    "text",
    [
        "bäck", "backerei", "baeckerei", "MÜLLER", "mueller", "muller", "söhne", "müller-söhne", "gmbh mull",
        "k-0042", "K0042", "k00", "info@mue", "mueller.exa", "d-10115", "D10115", "sao", "paulo bäck",
    ],
)  # fmt: skip
def test_a_customer_is_found_by_the_beginning_of_any_word(text):  # A61 A69
    bakery()
    create_customer(name="Other Ltd", by=make.STAFF)

    assert found(text) == ["Bäckerei Müller-Söhne GmbH"]


@pytest.mark.parametrize("text", ["erei", "müller paris", "%", "_", "'", "  "])
def test_what_begins_no_word_finds_nobody(text):  # A69
    bakery()

    assert found(text) == []


def test_the_number_comes_first_then_names_that_begin_so():  # A69
    create_customer(number="A1", name="Zoo K7", by=make.STAFF)
    create_customer(number="A2", name="K7 Tools", by=make.STAFF)
    create_customer(number="K7", name="Numbered", by=make.STAFF)

    assert found("k7") == ["Numbered", "K7 Tools", "Zoo K7"]


@pytest.mark.parametrize("others", [0, 60])
def test_signs_that_databases_read_otherwise_are_letters_like_others(others):  # A69
    odd = make.customer(name="Ann Ltd", email=r"a\nn\.@example.com")

    refile([odd.pk, *[make.customer().pk for _ in range(others)]])

    assert found(r"a\nn\.@exa") == ["Ann Ltd"]


def test_an_old_number_and_a_new_name_find_the_customer():  # A74
    customer = bakery()

    change_customer(customer, number="ERP-9", name="Konditorei Weiß", by=make.STAFF)

    assert found("k-0042") == found("weiss") == found("ERP9") == ["Konditorei Weiß"]
    assert found("bäckerei") == []


def test_a_search_stays_within_the_rows_that_one_may_see():  # A53
    bakery()

    assert found("müller", Customer.objects.filter(state="active")) == []


def test_contacts_are_found_by_name_and_address_until_they_are_removed():  # A69
    contact = add_contact(make.customer(), name="Ada Lovelace", email="ada@calc.example", by=make.STAFF)
    rows = Contact.objects.all()

    assert find_contacts(rows, "love") == find_contacts(rows, "ada@calc") == [contact.pk]
    remove_contact(contact, by=make.STAFF)
    assert find_contacts(rows, "love") == []
