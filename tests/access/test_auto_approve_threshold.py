"""Certainty that is enough: who is less certain becomes a claim (A9)."""

import pytest
from django.core.exceptions import ValidationError

from claimdesk.access.models import Membership
from claimdesk.company.actions.settings import change_company
from tests import make
from tests.access.test_submit_onboarding import newcomer, on_file, submit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", [0, 69, 101])
def test_below_seven_in_ten_nothing_is_enough(wrong: int):  # A9
    with pytest.raises(ValidationError):
        change_company(auto_approve_from=wrong, by=make.STAFF)


def test_who_is_recognised_with_less_certainty_than_asked_becomes_a_claim():  # A9
    make.company(auto_approve=True, auto_approve_evidence="verified_contact", auto_approve_from=100)
    make.contact(on_file(), email="erika@elsewhere.example")

    onboarding = submit(newcomer())

    assert onboarding.explanation["reason"] == "uncertain"
    assert onboarding.outcome == "account_claim"
    assert not Membership.objects.exists()
