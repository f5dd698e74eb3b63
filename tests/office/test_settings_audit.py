import re
from dataclasses import fields
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claimdesk.access.actions.account_claims import approve_account_claim
from claimdesk.company.actions.settings import change_company
from claimdesk.customers.actions.contacts import change_contact
from claimdesk.ledger.event_types import all_types
from claimdesk.ledger.models import Event
from claimdesk.office.settings.audit_fields import LABELS
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db
AUDIT = "/office/settings/audit/"


@pytest.fixture
def office(client):
    """A client signed in as an administrator."""
    client.force_login(make.staff())
    return client


def test_every_deed_stands_in_the_audit_log(office):
    change_company(name="New Name", by=make.STAFF)

    html = office.get(AUDIT).content.decode()

    assert "Sam Staff changed the settings: Company name" in html


def test_an_entry_shows_before_and_after(office):
    change_company(number_prefix="K", by=make.STAFF)

    html = office.get(reverse("office:settings_audit_entry", args=[Event.objects.get().pk])).content.decode()

    assert "Letters before web account numbers" in html
    assert "number_prefix" not in html
    assert ">W<" in html
    assert ">K<" in html


def test_an_entry_is_read_in_the_readers_language(client):
    reader = make.staff(language="de")
    client.force_login(reader)
    change_company(number_prefix="K", by=make.STAFF)
    page = reverse("office:settings_audit_entry", args=[Event.objects.get().pk])

    html = client.get(page).content.decode()

    assert "Buchstaben vor Web-Kundennummern" in html


def test_an_entry_about_a_contact_shows_before_and_after(office):
    contact = make.contact(phone="040 1")
    change_contact(contact, phone="040 2", by=make.STAFF)
    page = reverse("office:settings_audit_entry", args=[Event.objects.get().pk])

    html = office.get(page).content.decode()

    assert ">Phone</th>" in html
    assert ">040 1<" in html
    assert ">040 2<" in html


def test_the_list_says_by_name_what_each_deed_is_about(office):
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)

    html = office.get(AUDIT).content.decode()

    address = reverse("office:account_claim", args=[claim.pk])
    assert f'<a href="{address}">Account claim: {claim.user.name}, {claim.customer.name}</a>' in html


def test_files_keep_the_key_of_what_a_deed_is_about(office):
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)

    answer = office.get(AUDIT, {"format": "csv"})

    assert f",account_claim/{claim.pk}," in b"".join(answer.streaming_content).decode()


FIRST_FLOOR = ("access", "catalog", "company", "customers", "people", "ledger")


def test_every_field_of_an_event_has_a_name_for_people():
    nameless = {
        f"{known.kind}.{field.name}"
        for known in all_types()
        if known.type.__module__.split(".")[1] in FIRST_FLOOR
        for field in fields(known.type)
        if field.name not in LABELS
    }

    assert nameless == set()


def test_an_entry_shows_what_followed_from_it(office):  # A48
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)
    work_off()
    event = Event.objects.get(kind="account_claim.approved")

    html = office.get(reverse("office:settings_audit_entry", args=[event.pk])).content.decode()

    assert "mail.account_claims.account_claim_approved" in html
    assert re.search(r"mail \d+: account claim approved", html)
    assert claim.user.email in html


@pytest.mark.parametrize(
    "query",
    [
        "q=account_claim/{pk}",
        "q={number}",
        "customer={number}",
        "user={username}",
        "kind=account_claim.approved",
    ],
)
def test_entries_are_found_by_what_they_concern(office, query):
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)
    change_company(name="Elsewhere", by=make.STAFF)
    words = {"pk": claim.pk, "number": claim.customer.number, "username": claim.user.username}

    html = office.get(f"{AUDIT}?{query.format(**words)}").content.decode()

    assert "let" in html
    assert claim.user.name in html
    assert "changed the settings" not in html


def test_the_list_asks_few_questions_however_long_it_is(office):
    for number in range(30):
        change_company(name=f"Name {number}", by=make.STAFF)

    with CaptureQueriesContext(connection) as queries:
        office.get(AUDIT)

    assert len(queries) <= 12


def test_the_log_can_be_taken_out_as_a_file(office):
    change_company(name="Elsewhere", by=make.STAFF)

    answer = office.get(AUDIT, {"format": "csv"})

    assert "Sam Staff changed the settings: Company name" in b"".join(answer.streaming_content).decode()


def test_only_who_may_read_the_log_does(client):
    client.force_login(make.staff("sales"))

    assert client.get(AUDIT).status_code == 403


def test_entries_are_found_by_their_day(office):
    change_company(name="Long ago", by=make.STAFF)
    Event.objects.update(happened_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    change_company(name="Today", by=make.STAFF)

    on_that_day = office.get(AUDIT, {"since": "2024-05-01", "until": "2024-05-01"})
    after = office.get(AUDIT, {"since": "2024-05-02"})

    assert on_that_day.context["count"] == 1
    assert after.context["count"] == 1
    assert on_that_day.context["rows"] != after.context["rows"]
