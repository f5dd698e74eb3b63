"""Many at once: the same rules per row, a reason for each that is skipped, and a dry run that keeps its word."""

import pytest

from claimdesk.access.actions.account_claims import deny_account_claim
from claimdesk.access.actions.account_claims_bulk import approve_account_claims, deny_account_claims
from claimdesk.access.models import AccountClaim, Membership
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def mixed() -> list[AccountClaim]:
    """One that can be approved, one decided, one on an Inactive customer."""
    good, decided = make.account_claim(), make.account_claim()
    deny_account_claim(decided, by=make.STAFF)
    return [good, decided, make.account_claim(customer=make.customer(state="inactive"))]


def test_each_row_is_decided_or_says_why_not():  # A55
    claims = mixed()

    results = approve_account_claims(claims, by=make.STAFF)

    codes = [result.refusal.code if result.refusal else "" for result in results]
    assert codes == ["", "already_decided", "customer_inactive"]
    assert [claim.state for claim in AccountClaim.objects.order_by("pk")] == ["approved", "denied", "pending"]


def test_a_dry_run_tells_the_same_and_changes_nothing():  # A55
    claims = mixed()
    events = Event.objects.count()

    results = approve_account_claims(claims, is_dry_run=True, by=make.STAFF)

    assert [result.is_done for result in results] == [True, False, False]
    assert [claim.state for claim in AccountClaim.objects.order_by("pk")] == ["pending", "denied", "pending"]
    assert not Membership.objects.exists()
    assert Event.objects.count() == events


def test_many_are_denied_with_the_same_words():  # A55 A48
    claims = [make.account_claim(), make.account_claim()]

    deny_account_claims(claims, words="Please ring us.", by=make.STAFF)

    assert set(AccountClaim.objects.values_list("state", "words")) == {("denied", "Please ring us.")}


def test_who_may_not_decide_one_may_not_decide_many():  # A55
    with pytest.raises(NotAllowed):
        approve_account_claims([make.account_claim()], by=Actor(kind="user"))
