"""Service › Units and Registrations in the office."""

from datetime import date, timedelta

import pytest
from django.test import Client

from claimdesk.kernel.clock import today
from claimdesk.warranty.actions.registrations import register_unit
from claimdesk.warranty.models import Registration, Unit
from tests import make
from tests.doors.asking import OF_A_LIST, OF_A_PAGE, asked

pytestmark = pytest.mark.django_db
DELIVERED = date(2026, 3, 31)


@pytest.fixture
def office(client: Client) -> Client:
    make.company(name="Northwind")
    client.force_login(make.staff("service"))
    return client


def register(unit: Unit, **fields) -> Registration:
    told = {"owner_name": "Erika Muster", "delivered_on": DELIVERED}
    return register_unit(unit, by=make.STAFF, **(told | fields))


def listed(office: Client, query: str = "") -> str:
    return office.get(f"/office/units/?{query}").content.decode()


@pytest.mark.parametrize("spelling", ["ab-0012", "AB 0012", "ＡＢ0012", "ab.00"])
def test_a_unit_is_found_by_its_serial_in_every_spelling(office: Client, spelling: str):  # U9
    make.unit(serial="AB-0012")
    make.unit(serial="XY-9")

    page = office.get("/office/units/", {"q": spelling}).content.decode()

    assert "AB-0012" in page
    assert "XY-9" not in page


def test_units_are_filtered_by_dealer_product_registration_state_and_cover(office: Client):  # U9
    make.policy(months=1)
    dealer, product = make.customer(number="K-7"), make.product(number="P-1")
    ended = make.unit(serial="ENDED", dealer=dealer, product=product)
    register(ended)
    make.unit(serial="OTHER", state="inactive")

    filters = ("dealer=K-7", "product=p-1", "registered=yes", "state=active", "cover=ended")
    found = {query: listed(office, query) for query in filters}

    assert [query for query, page in found.items() if "ENDED" not in page or "OTHER" in page] == []
    assert "ENDED" not in listed(office, "cover=runs")
    assert "OTHER" in listed(office, "cover=none")


def test_the_list_and_the_page_ask_few_questions(office: Client):  # U9
    make.policy()
    for _each in range(6):
        register(make.unit())
    unit = Unit.objects.latest("pk")

    assert asked(office, "/office/units/") <= OF_A_LIST
    assert asked(office, "/office/units/?q=SN&registered=yes") <= OF_A_LIST
    assert asked(office, "/office/registrations/?q=SN") <= OF_A_LIST
    assert asked(office, f"/office/units/{unit.pk}/") <= OF_A_PAGE


def test_a_unit_is_made_by_numbers_and_waits_to_be_registered(office: Client):  # U3 U9
    dealer, product = make.customer(number="K-7"), make.product(number="P-1")

    answer = office.post("/office/units/new/", {"serial": " SN 1 ", "product": "p-1", "dealer": "k-7"})

    assert answer.status_code == 303
    unit = Unit.objects.get()
    assert (unit.serial, unit.product, unit.dealer, unit.is_registered) == ("SN 1", product, dealer, False)


@pytest.mark.parametrize("wrong", [{"product": "P-9"}, {"dealer": "K-9"}, {"serial": ""}])
def test_a_unit_of_what_is_not_on_file_is_not_made(office: Client, wrong: dict[str, str]):  # U9
    make.customer(number="K-7")
    make.product(number="P-1")

    answer = office.post("/office/units/new/", {"serial": "SN 1", "product": "P-1", "dealer": "K-7"} | wrong)

    assert answer.status_code == 422
    assert not Unit.objects.exists()


def test_a_page_explains_the_cover_with_a_bar_of_time(office: Client):  # U5
    make.policy(name="Two years", months=24)
    make.policy(name="Gearbox", kind="parts", months=1)
    unit = make.unit()
    register(unit, delivered_on=today() - timedelta(days=100))

    page = office.get(f"/office/units/{unit.pk}/").content.decode()

    assert "Covered by “Two years” (Base) until" in page
    assert "“Gearbox” (Parts) ended on" in page
    assert page.count('class="cover-bar"') == 2


def test_staff_correct_and_withdraw_a_registration(office: Client):  # U4
    unit = make.unit()
    row = register(unit)
    told = {"owner_name": "Max Muster", "delivered_on": "2026-03-30", "reason": "misheard"}

    office.post(f"/office/registrations/{row.pk}/correction/", told)
    corrected = Registration.objects.get(state="in_force")
    office.post(f"/office/registrations/{corrected.pk}/withdrawal/", {"reason": "sent back"})

    assert (corrected.owner_name, corrected.corrects) == ("Max Muster", row)
    unit.refresh_from_db()
    assert not unit.is_registered
    page = office.get(f"/office/units/{unit.pk}/").content.decode()
    assert "sent back" in page


def test_assigning_and_replacing_show_custody_and_the_chain(office: Client):  # U6 U7
    old, new = make.unit(serial="OLD"), make.unit(serial="NEW", dealer=None)
    make.customer(number="K-8", name="Second Dealer")

    office.post(f"/office/units/{old.pk}/assignment/", {"dealer": "K-8"})
    office.post(f"/office/units/{old.pk}/replacement/", {"successor": "new", "replaced_on": today()})

    old.refresh_from_db()
    assert (old.state, old.replaced_by) == ("inactive", new)
    page = office.get(f"/office/units/{new.pk}/").content.decode()
    assert "It took the place of" in page
    assert "OLD" in page
    assert "Second Dealer" in office.get(f"/office/units/{old.pk}/").content.decode()


def test_an_empty_post_takes_no_unit_from_its_dealer(office: Client):  # U3
    unit = make.unit()

    answer = office.post(f"/office/units/{unit.pk}/assignment/", {})

    assert answer.status_code == 422
    unit.refresh_from_db()
    assert unit.dealer is not None


def test_the_seller_asks_besides_and_a_star_makes_an_answer_needed(client: Client):  # U4
    make.company()
    client.force_login(make.staff("administrator"))
    unit = make.unit()
    told = {"owner_name": "Erika", "delivered_on": "2026-01-02"}

    client.post("/office/registrations/questions/", {"questions": "Branch *\nUsed for"})
    without = client.post(f"/office/units/{unit.pk}/registration/", told)
    within = client.post(f"/office/units/{unit.pk}/registration/", told | {"answer_0": "Farm"})

    assert (without.status_code, within.status_code) == (422, 303)
    assert Registration.objects.get().answers == {"Branch": "Farm"}
    page = client.get(f"/office/units/{unit.pk}/").content.decode()
    assert "Branch" in page
    assert "Farm" in page
