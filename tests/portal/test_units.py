"""Products & warranty in the portal: own units, registering, looking up, handing on."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import today
from claimdesk.people.actions.attempts import UNIT_LOOKUP, UNIT_TRANSFER
from claimdesk.people.models import AttemptCounter
from claimdesk.warranty.actions.registrations import register_unit, withdraw_registration
from claimdesk.warranty.actions.units import assign_unit, replace_unit
from claimdesk.warranty.models import Registration, Transfer, Unit
from tests import make
from tests.doors.asking import OF_A_LIST, OF_A_PAGE, asked

pytestmark = pytest.mark.django_db
LOOKUP = "/units/lookup/"
DELIVERED = date(2026, 3, 31)


@pytest.fixture
def customer() -> Customer:
    make.company(name="Northwind")
    return make.customer(number="K-1", name="Nordwind")


@pytest.fixture
def portal(client: Client, customer: Customer) -> Client:
    client.force_login(make.membership(None, customer, "service").user)
    return client


def other_portal(customer: Customer) -> Client:
    client = Client()
    client.force_login(make.membership(None, customer, "service").user)
    return client


def look_up(portal: Client, serial: str) -> str:
    return portal.post(LOOKUP, {"serial": serial}).content.decode()


def register(unit: Unit, **fields: Any) -> Registration:
    told = {"owner_name": "Erika Geheim", "delivered_on": DELIVERED}
    return register_unit(unit, by=make.STAFF, **(told | fields))


def test_the_account_sees_its_own_units_with_registration_cover_and_claims(
    portal: Client, customer: Customer
):  # U9
    make.policy()
    own = make.unit(serial="OWN-1", dealer=customer)
    register(own)
    make.unit(serial="THEIRS-1")

    page = portal.get("/units/").content.decode()

    assert "OWN-1" in page
    assert "Erika Geheim" in page
    assert "THEIRS-1" not in page


def test_the_number_of_claims_beside_a_unit_counts_the_accounts_own_alone(customer: Customer):  # U2 U9
    unit = make.unit(dealer=customer)
    make.warranty_claim(by=make.dealer(customer), serial=unit.serial)
    make.draft_claim(by=make.dealer(customer), serial=unit.serial)
    make.warranty_claim(by=make.dealer(), serial=unit.serial)

    exported = other_portal(customer).get("/units/?format=csv")

    lines = b"".join(exported.streaming_content).decode().splitlines()
    assert dict(zip(lines[0].split(","), lines[1].split(","), strict=True))["claims"] == "1"


def test_lists_and_pages_ask_few_questions(portal: Client, customer: Customer):  # U9
    for _each in range(6):
        register(make.unit(dealer=customer))
        make.unit(dealer=customer)
    registered = Unit.objects.filter(is_registered=True).latest("pk")

    assert asked(portal, "/units/") <= OF_A_LIST
    assert asked(portal, "/registrations/?q=SN") <= OF_A_LIST
    assert asked(portal, f"/units/{registered.pk}/") <= OF_A_PAGE


def test_a_unit_waits_on_the_first_page_until_it_is_registered(
    portal: Client, customer: Customer
):  # U3 U4 W1
    unit = make.unit(serial="NEW-1", dealer=customer)

    before = portal.get("/").content.decode()
    waiting = portal.get("/registrations/").content.decode()
    portal.post(
        f"/units/{unit.pk}/registration/", {"owner_name": "Erika", "delivered_on": "2026-03-31", "meter": "7"}
    )

    assert re.search(r'Pending registration</strong>\s*<span class="number">1<', before)
    assert "NEW-1" in waiting
    assert "NEW-1" not in portal.get("/registrations/").content.decode()
    assert Registration.objects.get().meter == 7


def test_the_same_unit_is_not_registered_twice_but_corrected(portal: Client, customer: Customer):  # U4
    unit = make.unit(dealer=customer)
    told = {"owner_name": "Erika", "delivered_on": "2026-03-31"}

    portal.post(f"/units/{unit.pk}/registration/", told)
    again = portal.post(f"/units/{unit.pk}/registration/", told | {"owner_name": "Max"})
    corrected = portal.post(
        f"/units/{unit.pk}/registration/", told | {"owner_name": "Max", "reason": "misheard"}
    )

    assert (again.status_code, corrected.status_code) == (422, 303)
    assert list(Registration.objects.order_by("pk").values_list("state", "owner_name")) == [
        ("corrected", "Erika"),
        ("in_force", "Max"),
    ]


def test_a_foreign_unit_shows_dates_and_neutral_history_only(portal: Client):  # U1 U2
    make.policy(name="Two years")
    theirs = make.dealer()
    unit = make.unit(serial="T-1", dealer=Customer.objects.get(pk=theirs.customer_id))
    register(unit, delivered_on=today())
    claim = make.warranty_claim(by=theirs, serial="T-1")

    page = look_up(portal, "t 1")

    assert "Covered by “Two years”" in page
    assert "a warranty claim, open" in page
    assert "Erika Geheim" not in page
    assert claim.number not in page
    assert unit.dealer is not None
    assert unit.dealer.name not in page


def test_foreign_and_unknown_serials_are_answered_in_one_shape_by_the_same_statements(portal: Client):  # U2
    make.policy()
    make.unit(serial="T-1")
    look_up(portal, "WARM")

    pages, statements = {}, {}
    for serial in ("T-1", "T-2"):
        with CaptureQueriesContext(connection) as sent:
            pages[serial] = look_up(portal, serial)
        statements[serial] = [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in sent]

    labels = {serial: re.findall(r"<dt>([^<]+)</dt>", page) for serial, page in pages.items()}
    assert labels["T-1"] == labels["T-2"] == ["Serial number", "Product", "Covered until"]
    assert len(statements["T-1"]) == len(statements["T-2"])
    assert "Unknown serial number" in pages["T-2"]


def test_an_own_unit_shows_more_and_does_not_count(portal: Client, customer: Customer):  # U2
    register(make.unit(serial="OWN-1", dealer=customer))

    page = look_up(portal, "own1")

    assert "Erika Geheim" in page
    assert set(AttemptCounter.objects.values_list("count", flat=True)) == {0}


@pytest.mark.parametrize("serial", ["T-1", "UNKNOWN"])
def test_looking_up_what_is_not_ones_own_is_limited(portal: Client, customer: Customer, serial: str):  # U2
    make.unit(serial="T-1")
    look_up(portal, serial)
    counters = AttemptCounter.objects.filter(key__startswith="unit_lookup:account:")
    assert counters.get().count == 1
    counters.update(count=UNIT_LOOKUP.by_account.attempts)

    answer = portal.post(LOOKUP, {"serial": serial})

    assert answer.status_code == 422
    assert "Too many look-ups" in answer.content.decode()
    assert "Covered until" not in answer.content.decode()


def test_a_unit_is_handed_on_by_account_number_and_accepted(portal: Client, customer: Customer):  # U6
    unit = make.unit(serial="H-1", dealer=customer)
    other = make.customer(number="K-2", name="Zweiter Handel")
    there = other_portal(other)

    asked_for = portal.post(f"/units/{unit.pk}/transfer/", {"number": "k2", "note": "as agreed"})
    page = portal.get(f"/units/{unit.pk}/").content.decode()
    offered = there.get("/units/transfers/").content.decode()
    accepted = there.post(f"/units/transfers/{Transfer.objects.get().pk}/acceptance/")

    assert (asked_for.status_code, accepted.status_code) == (303, 303)
    assert "Zweiter Handel" not in page
    assert "as agreed" in offered
    assert portal.get(f"/units/{unit.pk}/").status_code == 404
    assert there.get(f"/units/{unit.pk}/").status_code == 200


def test_a_wrong_account_number_tells_nothing_and_counts(portal: Client, customer: Customer):  # U6
    unit = make.unit(dealer=customer)
    make.customer(number="K-3", state="inactive")

    answers = [portal.post(f"/units/{unit.pk}/transfer/", {"number": number}) for number in ("K-3", "K-99")]
    counter = AttemptCounter.objects.get(key__startswith="unit_transfer:account:")
    counted = counter.count
    AttemptCounter.objects.filter(pk=counter.pk).update(count=UNIT_TRANSFER.by_account.attempts)
    locked = portal.post(f"/units/{unit.pk}/transfer/", {"number": "K-99"})

    words = "Nobody takes units over under this number."
    assert [words in answer.content.decode() for answer in answers] == [True, True]
    assert counted == 2
    assert "Too many attempts" in locked.content.decode()
    assert not Transfer.objects.exists()


def test_who_has_a_unit_after_another_reads_nothing_of_him(portal: Client, customer: Customer):  # U6
    first = make.customer(name="Erster Handel")
    unit = make.unit(dealer=first)
    row = register(unit)
    withdraw_registration(row, reason="came back", by=make.STAFF)
    assign_unit(unit, dealer=customer, by=make.STAFF)

    page = portal.get(f"/units/{unit.pk}/").content.decode()

    assert "Erster Handel" not in page
    assert "Erika Geheim" not in page


def test_a_replacement_stands_in_the_timeline_and_names_no_other_dealers_unit(
    portal: Client, customer: Customer
):  # U2 U7
    old, new = make.unit(serial="OLD-1", dealer=customer), make.unit(serial="NEW-1", dealer=customer)
    moved, foreign = make.unit(serial="OLD-2", dealer=customer), make.unit(serial="THEIRS-2")

    replace_unit(old, successor=new, by=make.STAFF)
    replace_unit(moved, successor=foreign, by=make.STAFF)

    assert "Northwind replaced the unit OLD-1 by NEW-1" in portal.get(f"/units/{old.pk}/").content.decode()
    page = portal.get(f"/units/{moved.pk}/").content.decode()
    assert "another unit" in page
    assert "THEIRS-2" not in page


def test_who_registered_a_unit_for_a_dealer_before_the_next_one_does_not_read(
    portal: Client, customer: Customer
):  # U2 U6
    unit = make.unit()
    register_unit(unit, owner_name="Meyer", delivered_on=DELIVERED, by=make.dealer(unit.dealer))
    teller = Registration.objects.get().registered_by_name

    assign_unit(unit, dealer=customer, by=make.STAFF)

    page = portal.get(f"/units/{unit.pk}/").content.decode()
    assert teller
    assert teller not in page
    assert "Meyer" in page
