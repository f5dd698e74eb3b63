from pathlib import Path

import pytest

from claimdesk.customers.matching.candidates import candidates
from claimdesk.customers.matching.records import Newcomer
from claimdesk.customers.models import Address, Alias, Contact, Customer
from claimdesk.customers.search import find_contacts
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.refused import NotAllowed
from claimdesk.kernel.tables import Mapping, open_table
from claimdesk.ledger.imports import ImportResult, importer_of, run_import, suggested_mapping
from claimdesk.ledger.models import Event, Import
from tests import make

pytestmark = pytest.mark.django_db


def take(
    folder: Path, text: str, kind: str = "customers", *, dry_run: bool = False, **mapping
) -> ImportResult:
    """Import a file of that text."""
    path = folder / "rows.csv"
    path.write_text(text)
    importer, table = importer_of(kind), open_table(path)
    chosen = Mapping.from_data(mapping) if mapping else suggested_mapping(importer, table.header)
    run = Import.objects.create(kind=kind, file_name="rows.csv", is_dry_run=dry_run)
    return run_import(importer, table, chosen, run, by=SYSTEM)


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    return result.read, result.new, result.changed, result.same, result.refused


def test_rows_become_customers_with_their_billing_address(tmp_path):  # A75
    result = take(
        tmp_path,
        "customer_id,company_name,status,email,address,city,postal_code,country,groups\n"
        "A1,Nordwind Maschinen GmbH,active,info@nordwind.example,Hafenstr. 1,Kiel,24103,Germany,Key;North\n",
    )

    customer = Customer.objects.get()
    assert counts(result) == (1, 1, 0, 0, 0)
    assert (customer.number, customer.state, customer.origin) == ("A1", "active", "import")
    assert sorted(customer.groups.values_list("name", flat=True)) == ["Key", "North"]
    address = Address.objects.get()
    assert (address.kind, address.town, address.country) == ("billing", "Kiel", "DE")


def test_running_it_twice_changes_nothing(tmp_path):  # A75
    text = "number,name\nA1,Ann Ltd\nA2,Ben Ltd\n"
    take(tmp_path, text)
    before = list(Customer.objects.values())
    events = Event.objects.count()

    again = take(tmp_path, text)

    assert counts(again) == (2, 0, 0, 2, 0)
    assert list(Customer.objects.values()) == before
    assert Event.objects.count() == events


def test_an_unchanged_row_leaves_what_staff_edited_alone(tmp_path):  # A75
    text = "number,name\nA1,Ann Ltd\n"
    take(tmp_path, text)
    Customer.objects.update(name="Ann & Daughters Ltd")

    take(tmp_path, text)

    assert Customer.objects.get().name == "Ann & Daughters Ltd"


def test_a_changed_row_changes_its_columns_but_not_status_and_notes(tmp_path):  # A75
    take(tmp_path, "number,name,status,notes\nA1,Ann Ltd,admin,from the file\n")
    Customer.objects.update(notes="ring first", phone="123")

    result = take(tmp_path, "number,name,status,notes\nA1,Anna Ltd,new,other\n")

    customer = Customer.objects.get()
    assert counts(result) == (1, 0, 1, 0, 0)
    assert (customer.name, customer.state, customer.notes) == ("Anna Ltd", "admin", "ring first")
    assert customer.phone == "123"


def test_a_missing_row_deletes_nothing(tmp_path):  # A75
    take(tmp_path, "number,name\nA1,Ann Ltd\nA2,Ben Ltd\n")

    take(tmp_path, "number,name\nA1,Ann Ltd\n")

    assert Customer.objects.count() == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A1,,new,,", "name: must not be empty"),
        (",Ann,new,,", "number: must not be empty"),
        ("A1,Ann,boss,,", "status: 'boss' is none of"),
        ("A1,Ann,new,ann at home,", "is no e-mail address"),
        ("A1,Ann,active,,", "status: Active needs an e-mail address"),
        ("A1,Ann,new,,Atlantis", "country: 'Atlantis' is no country"),
        ("A1," + "x" * 201 + ",new,,", "name: is 201 characters long"),
        ("A1,Ann,new,,DE,too,many", "has 7 cells"),
        ("A1,Ann,new,taken@example.com,", "email: taken@example.com stands at another customer"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_reason(tmp_path, row, reason):  # A75 A63
    make.customer(email="taken@example.com")

    result = take(tmp_path, f"number,name,status,email,country\n{row}\nB1,Ben,new,,\n")

    assert counts(result) == (2, 1, 0, 0, 1)
    assert result.reasons[0][0] == 2
    assert reason in result.reasons[0][1]


def test_a_number_that_stands_twice_is_taken_once_whichever_way_it_is_spelt(tmp_path):  # A75
    result = take(tmp_path, "number,name\nA-1,Ann\nB1,Ben\n a1 ,Anna\n")

    assert counts(result) == (3, 2, 0, 0, 1)
    assert result.reasons == [(4, "stands twice in the file, first in line 2")]


def test_one_address_for_two_rows_is_taken_once(tmp_path):  # A66 A75
    result = take(tmp_path, "number,name,email\nA1,Ann,a@example.com\nA2,Ben,A@Example.com\n")

    assert counts(result) == (2, 1, 0, 0, 1)


def test_a_dry_run_counts_and_changes_nothing(tmp_path):  # A75
    result = take(tmp_path, "number,name\nA1,Ann\nA2,\n", dry_run=True)

    assert counts(result) == (2, 1, 0, 0, 1)
    assert not Customer.objects.exists()
    assert Import.objects.get().new == 1


def test_formula_cells_are_text(tmp_path):  # A75
    take(tmp_path, 'number,name\nA1,"=HYPERLINK(""x"")"\n')

    assert Customer.objects.get().name == '=HYPERLINK("x")'


def test_the_matcher_knows_an_imported_customer_at_once(tmp_path):  # A30 A75
    take(tmp_path, "number,name,town\nA1,Nordwind Maschinenbau GmbH,Kiel\nA2,Südwind Verlag,Ulm\n")

    found = candidates(Newcomer(name="Nordwind Machinenbau", town="Kiel"))

    assert found[0].customer_id == Customer.objects.get(number="A1").pk


def test_importing_needs_the_permission(tmp_path):
    (tmp_path / "rows.csv").write_text("number,name\nA1,Ann\n")
    importer, table = importer_of("customers"), open_table(tmp_path / "rows.csv")
    run = Import.objects.create(kind="customers", file_name="rows.csv")

    with pytest.raises(NotAllowed):
        run_import(
            importer,
            table,
            suggested_mapping(importer, table.header),
            run,
            by=make.STAFF.__class__(kind="staff"),
        )

    assert not Customer.objects.exists()


def test_contacts_come_to_their_customers_also_by_an_old_number(tmp_path):  # A75 A74
    take(tmp_path, "number,name\nA1,Ann Ltd\n")

    result = take(
        tmp_path, "customer,name,email\na1,Ada,ada@example.com\nA1,Bob,\nXX,Eve,\n", kind="contacts"
    )
    again = take(tmp_path, "customer,name,email\na1,Ada,ada@example.com\nA1,Bob,\nXX,Eve,\n", kind="contacts")

    assert counts(result) == (3, 2, 0, 0, 1)
    assert counts(again) == (3, 0, 0, 2, 1)
    assert Contact.objects.count() == 2


def test_a_contact_with_markup_in_its_name_or_title_is_refused_with_the_reason(tmp_path):  # A75
    take(tmp_path, "number,name\nA1,Ann Ltd\n")
    rows = "A1,<b>Ada</b>,\nA1,Bob,see www.evil.example\nA1,Carl,Buyer\n"

    result = take(tmp_path, f"customer,name,title\n{rows}", kind="contacts")

    assert counts(result) == (3, 1, 0, 0, 2)
    assert [contact.name for contact in Contact.objects.all()] == ["Carl"]


def test_addresses_come_to_their_customers(tmp_path):  # A75 A76
    take(tmp_path, "number,name\nA1,Ann Ltd\n")
    text = "customer,kind,label,street,town\nA1,billing,,Main St,Kiel\nA1,,Depot,Dock 1,Kiel\nA1,,Shop,Dock 2,Kiel\n"

    result = take(tmp_path, text, kind="addresses")
    again = take(tmp_path, text, kind="addresses")

    assert counts(result) == (3, 3, 0, 0, 0)
    assert counts(again) == (3, 0, 0, 3, 0)
    assert Address.objects.filter(kind="shipping").count() == 2


def test_an_address_under_an_old_number_and_the_new_one_is_taken_once(tmp_path):  # A74 A75
    take(tmp_path, "number,name\nA1,Ann Ltd\n")
    Alias.objects.create(customer=Customer.objects.get(), kind="number", value="OLD1", folded="old1")

    result = take(
        tmp_path, "customer,kind,street\nA1,billing,Main St\nOLD1,billing,Side St\n", kind="addresses"
    )

    assert counts(result) == (2, 1, 0, 0, 1)
    assert Address.objects.get().street == "Main St"


def test_a_changed_contact_is_found_under_its_new_name_and_counted_once(tmp_path):  # A75
    take(tmp_path, "number,name\nA1,Ann Ltd\n")
    take(tmp_path, "customer,name,email,phone\nA1,Ada,ada@example.com,1\n", kind="contacts")

    result = take(tmp_path, "customer,name,email\nA1,Grace,ada@example.com\nA1,Bob,\n", kind="contacts")

    assert counts(result) == (2, 1, 1, 0, 0)
    assert sorted(Contact.objects.values_list("name", "phone")) == [("Bob", ""), ("Grace", "1")]
    assert find_contacts(Contact.objects.all(), "grace") == [Contact.objects.get(name="Grace").pk]
    assert find_contacts(Contact.objects.all(), "bob") == [Contact.objects.get(name="Bob").pk]
    assert find_contacts(Contact.objects.all(), "ada") == [Contact.objects.get(name="Grace").pk]


def test_a_row_on_file_that_stands_twice_is_the_same_once_and_refused_once(tmp_path):  # A75
    take(tmp_path, "number,name\nA1,Ann\nB1,Ben\n")

    result = take(tmp_path, "number,name\nA1,Ann\nB1,Ben\nA1,Anna\n")

    assert counts(result) == (3, 0, 0, 2, 1)
    assert result.reasons == [(4, "stands twice in the file, first in line 2")]


def test_only_parts_of_a_file_with_news_are_read_again(tmp_path, monkeypatch):  # A75
    monkeypatch.setattr("claimdesk.ledger.imports.run.CHUNK", 2)
    take(tmp_path, "number,name\nA1,Ann\nA2,Ben\nA3,Cy\nA4,Di\nA5,Ed\n")

    result = take(tmp_path, "number,name\nA1,Ann\nA2,Ben\nA3,Cy\nA4,Dora\nA5,Ed\nA6,\nA7,Flo\n")

    assert counts(result) == (7, 1, 1, 4, 1)
    assert result.reasons == [(7, "name: must not be empty")]
    assert Customer.objects.get(number="A4").name == "Dora"


def test_what_is_exported_imports_as_the_same_customer(tmp_path):
    customer = make.customer(
        number="A1", discount=250, town="Kiel", postcode="24103", name="=Ann", notes="two\nlines"
    )
    importer = importer_of("customers")

    rows = list(importer.export())

    header = [column.name for column in importer.columns]
    assert header[:4] == ["number", "name", "status", "email"]
    assert rows[0][:4] == ["A1", "=Ann", "active", customer.email]
    assert rows[0][header.index("discount")] == "2.50"
    assert rows[0][header.index("town")] == "Kiel"
