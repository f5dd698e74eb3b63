"""Rivals at one account claim: one decision, one membership, one event."""

from collections import Counter

import pytest

from claimdesk.access.actions.account_claims import (
    approve_account_claim,
    approve_with_new_customer,
    deny_account_claim,
    make_account_claim,
    undo_decision,
)
from claimdesk.access.actions.customer_status import deactivate_customer
from claimdesk.access.models import AccountClaim, Membership
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.race

ROUNDS = 12


def decide(claim, action):
    """What a clerk does who has opened the claim on a page of his own."""
    return lambda: action(AccountClaim.objects.get(pk=claim.pk), by=make.STAFF)


def codes(results):
    """The refusals' codes; anything else that went wrong fails the test."""
    errors = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert errors == []
    return [one.code for one in results if isinstance(one, Refused)]


def test_approve_and_deny_at_once_leave_one_decision(race):  # A52
    for _ in range(ROUNDS):
        claim = make.account_claim()

        results = race(decide(claim, approve_account_claim), decide(claim, deny_account_claim))

        claim.refresh_from_db()
        assert codes(results) == ["already_decided"]
        assert memberships_that_count(claim.user).count() == (1 if claim.state == "approved" else 0)
        assert [event.kind for event in Event.objects.about(claim)] == [f"account_claim.{claim.state}"]


def test_many_approvals_at_once_are_one(race):  # A52
    claim = make.account_claim()

    results = race(*[decide(claim, approve_account_claim)] * 5)

    assert Counter(codes(results)) == {"already_decided": 4}
    assert Membership.objects.count() == 1
    assert Event.objects.about(claim).count() == 1


def test_two_new_customers_at_once_are_one(race):  # A52 A46
    claim = make.account_claim(requested={"organization": "Fresh Ltd"})

    results = race(*[decide(claim, approve_with_new_customer)] * 2)

    assert codes(results) == ["already_decided"]
    assert Customer.objects.filter(name="Fresh Ltd").count() == 1


def test_approving_while_the_customer_goes_inactive_never_lets_in(race):  # A53
    for _ in range(ROUNDS):
        claim = make.account_claim()
        customer = claim.customer

        results = race(
            decide(claim, approve_account_claim),
            lambda customer=customer: deactivate_customer(
                Customer.objects.get(pk=customer.pk), by=make.STAFF
            ),
        )

        claim.refresh_from_db()
        refused = codes(results)
        assert refused in ([], ["customer_inactive"])
        assert claim.state == ("pending" if refused else "approved")
        assert Membership.objects.filter(user=claim.user).count() == (0 if refused else 1)
        assert not memberships_that_count(claim.user).exists()


def test_undoing_twice_at_once_is_undoing_once(race):  # A55
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)

    results = race(*[decide(claim, undo_decision)] * 2)

    assert codes(results) == ["not_decided"]
    assert Event.objects.filter(kind="account_claim.undone").count() == 1


def test_a_double_submission_makes_one_claim(race):  # A52
    for _ in range(ROUNDS):
        user, customer = make.user(), make.customer()

        results = race(*[lambda u=user, c=customer: make_account_claim(u, customer=c, by=SYSTEM)] * 3)

        assert codes(results) == []
        assert AccountClaim.objects.filter(user=user).count() == 1
        assert Event.objects.filter(kind="account_claim.made", user_id=user.pk).count() == 1
