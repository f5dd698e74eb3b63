from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from claimdesk.company.actions.settings import change_company, choose_workflow
from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.company.queries.registration import new_account_is_open, new_user_is_open
from claimdesk.company.workflows import WORKFLOWS, workflow_named
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_change_of_settings_is_recorded_with_before_and_after():
    change_company(allow_registration=False, number_prefix="K", by=make.STAFF)

    event = Event.objects.get(kind="company.changed")
    assert event.data["before"] == {"allow_registration": True, "number_prefix": "W"}
    assert event.data["after"] == {"allow_registration": False, "number_prefix": "K"}
    assert company().number_prefix == "K"


def test_what_stays_the_same_is_not_recorded():
    change_company(number_prefix="W", by=make.STAFF)

    assert not Event.objects.exists()


def test_only_who_may_edit_settings_changes_them():  # A73
    with pytest.raises(NotAllowed):
        change_company(allow_registration=False, by=replace(make.STAFF, permissions=frozenset()))

    assert company().allow_registration
    assert not Event.objects.exists()


def test_no_registration_closes_both_ways_in():  # A3 A19
    change_company(allow_registration=False, by=make.STAFF)

    assert company().allow_new_account
    assert not new_account_is_open()
    assert not new_user_is_open()


@pytest.mark.parametrize(
    ("switch", "is_open"),
    [("allow_new_account", new_account_is_open), ("allow_new_user_for_account", new_user_is_open)],
)
def test_each_way_in_closes_alone(switch, is_open):  # A11 A19
    change_company(**{switch: False}, by=make.STAFF)

    assert not is_open()
    assert new_account_is_open() != new_user_is_open()


def test_the_evidence_is_a_verified_contact_unless_told_otherwise():  # A9
    assert company().auto_approve_evidence == Company.Evidence.VERIFIED_CONTACT


def test_switching_auto_approve_on_asks_for_the_evidence():  # A9
    with pytest.raises(Refused) as refusal:
        change_company(auto_approve=True, by=make.STAFF)

    assert refusal.value.code == "evidence_needed"
    assert not company().auto_approve


def test_auto_approve_with_its_evidence_is_taken():  # A4 A9
    change_company(auto_approve=True, auto_approve_evidence=Company.Evidence.VERIFIED_DOMAIN, by=make.STAFF)

    assert company().auto_approve
    assert company().auto_approve_evidence == "verified_domain"


@pytest.mark.parametrize("chosen", WORKFLOWS, ids=lambda chosen: chosen.workflow)
def test_a_workflow_sets_how_new_accounts_begin(chosen):  # A71 A13 A14
    seller = choose_workflow(chosen.workflow, by=make.STAFF)

    assert seller.workflow == chosen.workflow
    assert chosen.is_what(company())


def test_a_fresh_seller_is_as_its_workflow_has_it():  # A71 A13 A14
    fresh = company()

    assert workflow_named(fresh.workflow).is_what(fresh)


def test_the_standard_workflow_lets_one_order_at_once_and_the_others_wait():  # A71
    statuses = {chosen.workflow: chosen.new_account_status for chosen in WORKFLOWS}

    assert statuses == {"standard": "active", "web_approval": "new", "manual": "new", "automatic": "new"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number_prefix", "W1"),
        ("number_prefix", ""),
        ("currency", "EURO"),
        ("time_zone", "Berlin"),
        ("languages", ["xx"]),
        ("shared_domains", ["gmail.com", "not a domain"]),
        ("invoice_recent_days", 0),
        ("escalate_after_hours", 1),
        ("escalate_to", "nobody"),
        ("auto_approve_evidence", "a hunch"),
        ("profile_fields", ["password"]),
        ("invitations_a_day", 0),
        ("order_prefix", "b"),
        ("freight", -1),
        ("freight", 10**15),
        ("freight_free_from", -1),
        ("freight_tax_rate", 10_001),
        ("price_mode", "half"),
        ("payment_terms", "never"),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_field(field, value):  # A16 A23 A33 A56 A87 O8 O18
    with pytest.raises(ValidationError) as problem:
        change_company(**{field: value}, by=make.STAFF)

    assert field in problem.value.message_dict
    assert not Event.objects.exists()


def test_another_currency_has_the_freight_told_anew():  # O8
    make.company(currency="EUR", freight=590)

    with pytest.raises(ValidationError) as problem:
        change_company(currency="JPY", by=make.STAFF)

    assert "freight" in problem.value.message_dict
    assert company().currency == "EUR"
    assert not Event.objects.exists()
