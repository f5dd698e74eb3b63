import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claimdesk.access.actions.account_claims import approve_account_claim
from claimdesk.company.actions.settings import change_company
from claimdesk.ledger.models import Event
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

    assert "number_prefix" in html
    assert ">W<" in html
    assert ">K<" in html


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
