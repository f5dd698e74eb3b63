"""Reports › Recognition: what was said beside what was decided, and what another threshold would have done."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.access.actions.account_claims import (
    approve_account_claim,
    deny_account_claim,
    undo_decision,
)
from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.matching_report import (
    bands_of,
    decided_account_claims,
    outcomes_of,
    threshold_of,
    wrong_ones,
)
from claimdesk.company.queries.company import company
from claimdesk.kernel.clock import now, today
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/office/reports/matching/"
CONTACT = "verified_contact"
BACKED = [{"code": "email_on_file", "params": {}, "weight": 5.0}]


def decided(actor=make.STAFF):
    day = today()
    return decided_account_claims(actor, day - timedelta(days=2), day + timedelta(days=1))


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(make.staff())
    return client


def held(claim: AccountClaim) -> AccountClaim:
    """The claim of somebody whose address was on file on that day."""
    make.onboarding(claim.user, explanation={"account_claim_id": claim.pk, "evidence_held": CONTACT})
    return claim


@pytest.fixture
def world() -> dict[str, AccountClaim]:
    """One claim of each outcome, and one that is open."""
    right = held(make.account_claim(customer=make.customer(), probability=0.995, evidence=BACKED))
    approve_account_claim(right, customer=right.customer, by=make.STAFF)
    known = make.customer()
    other = make.account_claim(
        customer=make.customer(), probability=0.8, candidates=[{"customer_id": known.pk, "probability": 0.1}]
    )
    approve_account_claim(other, customer=known, by=make.STAFF)
    missed = make.account_claim(customer=make.customer(), probability=0.6)
    approve_account_claim(missed, customer=make.customer(), by=make.STAFF)
    denied = held(make.account_claim(customer=make.customer(), probability=0.98, evidence=BACKED))
    deny_account_claim(denied, by=make.STAFF)
    waits = make.account_claim(customer=make.customer(), probability=0.9)
    return {"right": right, "other": other, "missed": missed, "denied": denied, "open": waits}


def test_each_outcome_is_counted_and_open_ones_are_not(world):  # A31 A43
    found = outcomes_of(decided())

    assert found == {"approved": 1, "other_candidate": 1, "not_among_them": 1, "new_customer": 0, "denied": 1}


def test_bands_hold_what_was_said_against_what_was_right(world):  # A31
    bands = {band.low: (band.decided, band.right) for band in bands_of(decided())}

    assert bands == {0: (0, 0), 50: (1, 0), 70: (1, 0), 90: (0, 0), 97: (1, 0), 99: (1, 1)}


def test_a_threshold_tells_whom_it_would_have_let_in_and_who_of_them_was_wrong(world):  # A9
    found = decided()

    at_97, at_99 = (threshold_of(found, percent, CONTACT) for percent in (97, 99))

    assert (at_97.approved, at_97.right, at_97.wrong) == (2, 1, 1)
    assert (at_99.approved, at_99.right, at_99.precision, at_99.share) == (1, 1, 1.0, 0.25)
    assert wrong_ones(found, 97, CONTACT) == [world["denied"].pk]


def test_evidence_that_is_asked_for_must_have_been_there(world):  # A9
    claim = make.account_claim(customer=make.customer(), probability=0.99, evidence=BACKED)
    approve_account_claim(claim, customer=claim.customer, by=make.STAFF)

    assert threshold_of(decided(), 70, CONTACT).approved == 2  # those of the world, and not this one


def test_a_name_with_nothing_beside_it_would_not_have_been_certain():  # A9
    claim = held(make.account_claim(customer=make.customer(), probability=0.99, evidence=[]))
    approve_account_claim(claim, customer=claim.customer, by=make.STAFF)

    assert threshold_of(decided(), 70, CONTACT).approved == 0


def test_claims_that_were_proved_by_three_facts_say_nothing_of_the_matcher():  # A20
    claim = make.account_claim(customer=make.customer(), is_proved=True)
    approve_account_claim(claim, customer=claim.customer, by=make.STAFF)

    assert decided() == []


def test_ambiguous_ones_would_not_have_been_let_in():  # A32
    claim = held(
        make.account_claim(customer=make.customer(), probability=0.99, is_ambiguous=True, evidence=BACKED)
    )
    approve_account_claim(claim, customer=claim.customer, by=make.STAFF)

    assert threshold_of(decided(), 70, CONTACT).approved == 0


def test_a_decision_that_was_taken_back_counts_no_more(office):  # A55
    claim = make.account_claim(customer=make.customer(), probability=0.99)
    approve_account_claim(claim, customer=claim.customer, by=make.STAFF)
    claim.refresh_from_db()
    undo_decision(claim, by=make.STAFF)

    assert decided() == []


def test_the_page_shows_numbers_that_lead_to_their_rows(office, world):  # A31
    page = office.get(PAGE).content.decode()

    assert "4 decided claims" in page
    assert "1 claim of this time is still open" in page
    assert "/office/account-claims/?decision=decided&amp;certainty=97&amp;decided_since=" in page
    rows = office.get("/office/account-claims/?certainty=97").content.decode()
    assert world["denied"].user.username in rows
    assert world["right"].user.username not in rows
    rows = office.get("/office/account-claims/?decision=other_customer").content.decode()
    assert world["other"].user.username in rows
    assert world["denied"].user.username not in rows


def test_the_numbers_lead_to_the_rows_of_their_days(office, world):  # A31
    day = today()
    page = office.get(PAGE, {"first": day, "last": day}).content.decode()
    address = f"/office/account-claims/?decision=denied&decided_since={day}&decided_until={day}"
    AccountClaim.objects.filter(pk=world["denied"].pk).update(decided_at=now() - timedelta(days=2))

    rows = office.get(address).content.decode()

    assert address.replace("&", "&amp;") in page
    assert world["denied"].user.username not in rows


def test_a_threshold_that_would_have_been_wrong_is_asked_for_twice(office, world):  # A9
    address = reverse("office:report_matching_threshold")
    wish = {"auto_approve_from": 97, "first": today(), "last": today()}

    question = office.post(address, wish)
    assert company().auto_approve_from == 90
    office.post(address, wish | {"is_asked": "True"})

    assert "From 97% on, 1 person would have been let in" in question.content.decode()
    assert 'name="is_asked" type="hidden" value="True"' in question.content.decode()
    assert company().auto_approve_from == 97


def test_without_decisions_the_page_says_what_will_stand_there(office):
    page = office.get(PAGE)

    assert page.status_code == 200
    assert "No decided claims in this time" in page.content.decode()


def test_a_threshold_is_tried_before_it_holds(office, world):  # A9
    page = office.get(PAGE, {"threshold": 97}).content.decode()

    assert world["denied"].user.name in page
    assert "Let 97% be enough" in page
    assert company().auto_approve_from == 90
    office.post(reverse("office:report_matching_threshold"), {"auto_approve_from": 99})
    assert company().auto_approve_from == 99
    event = Event.objects.filter(kind="company.changed").latest("id")
    assert (event.data["before"], event.data["after"]) == (
        {"auto_approve_from": 90},
        {"auto_approve_from": 99},
    )


@pytest.mark.parametrize("wrong", ["69", "101", "", "abc", "1e9"])
def test_a_threshold_that_makes_no_sense_is_refused(office, wrong: str):
    answer = office.post(reverse("office:report_matching_threshold"), {"auto_approve_from": wrong})

    assert answer.status_code == 422
    assert company().auto_approve_from == 90


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": "soon"},
        {"threshold": "7"},
        {"last": "2026-99-99"},
        {"last": "9999-12-31"},
        {"first": "0001-01-01"},
        {"first": "2026-02-01", "last": "2026-01-01"},
    ],
)
def test_days_that_make_no_sense_are_refused_beside_the_field(office, wrong: dict[str, str]):
    assert office.get(PAGE, wrong).status_code == 422


def test_who_may_not_change_settings_sees_no_button_and_no_door(world):
    client = Client()
    client.force_login(make.staff("sales"))

    page = client.get(PAGE, {"threshold": 97}).content.decode()

    assert "be enough from now on" not in page
    assert (
        client.post(reverse("office:report_matching_threshold"), {"auto_approve_from": 99}).status_code == 403
    )


def test_staff_of_their_own_customers_see_only_theirs(world):  # A87
    seller = make.staff("sales", only_own_customers=True)
    world["right"].customer.representative = seller
    world["right"].customer.save()
    client = Client()
    client.force_login(seller)

    assert "1 decided claim" in client.get(PAGE).content.decode()


def test_the_page_asks_little_of_the_database(office, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        answer = office.get(PAGE)

    assert answer.status_code == 200
