"""Taking a decision back: for half an hour, and with the access that it gave."""

from datetime import timedelta

import pytest

from claimdesk.access.actions.account_claims import (
    approve_account_claim,
    approve_with_new_customer,
    deny_account_claim,
    settle_pending,
    undo_decision,
)
from claimdesk.access.models import AccountClaim
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.denials import was_denied
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_undoing_an_approval_withdraws_the_access_at_once():  # A55
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)

    undo_decision(claim, by=make.STAFF)

    claim.refresh_from_db()
    assert (claim.state, claim.decided_at, claim.decided_customer) == ("pending", None, None)
    assert not memberships_that_count(claim.user).exists()
    event = Event.objects.latest("id")
    assert (event.kind, event.data["decision"]) == ("account_claim.undone", "approved")


def test_undoing_a_denial_lets_the_person_hope_again():  # A55 A47
    claim = make.account_claim()
    deny_account_claim(claim, by=make.STAFF)

    undo_decision(claim, by=make.STAFF)

    assert claim.state == "pending"
    assert not was_denied(claim.user, claim.customer)


def test_an_undone_claim_can_be_decided_again():  # A55
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)
    undo_decision(claim, by=make.STAFF)

    approve_account_claim(claim, by=make.STAFF)

    assert memberships_that_count(claim.user).count() == 1


def test_undoing_leaves_access_that_was_there_before():  # A55 A52
    claim = make.account_claim()
    make.membership(claim.user, claim.customer)
    approve_account_claim(claim, by=make.STAFF)

    undo_decision(claim, by=make.STAFF)

    assert memberships_that_count(claim.user).count() == 1


def test_undoing_closes_the_customer_that_the_decision_made():  # A55 A46
    make.company(new_account_status="active")
    claim = make.account_claim(requested={"organization": "Newman"})
    customer = approve_with_new_customer(claim, by=make.STAFF)

    undo_decision(claim, by=make.STAFF)

    customer.refresh_from_db()
    assert (customer.state, customer.email) == (Customer.Status.INACTIVE, "")
    assert not memberships_that_count(claim.user).exists()


def test_undoing_keeps_a_new_customer_that_has_other_people():  # A55
    make.company(new_account_status="active")
    claim = make.account_claim(requested={"organization": "Newman"})
    customer = approve_with_new_customer(claim, by=make.STAFF)
    colleague = make.membership(None, customer)

    undo_decision(claim, by=make.STAFF)

    assert memberships_that_count(colleague.user).exists()
    assert not memberships_that_count(claim.user).exists()


def test_a_decision_can_be_made_again_with_a_new_customer_after_undoing_one():  # A55
    make.company(new_account_status="active")
    claim = make.account_claim(requested={"organization": "Newman"})
    approve_with_new_customer(claim, by=make.STAFF)
    undo_decision(claim, by=make.STAFF)

    second = approve_with_new_customer(claim, by=make.STAFF)

    assert (second.state, second.email) == (Customer.Status.ACTIVE, claim.user.email)


def refusal_of(claim: AccountClaim) -> str:
    """What undoing is refused with."""
    with pytest.raises(Refused) as refusal:
        undo_decision(claim, by=make.STAFF)
    return refusal.value.code


def test_after_half_an_hour_a_decision_stands():  # A55
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)
    AccountClaim.objects.update(decided_at=now() - timedelta(minutes=31))

    assert refusal_of(claim) == "too_late_to_undo"
    assert memberships_that_count(claim.user).exists()


def test_a_pending_claim_has_nothing_to_undo():  # A55
    assert refusal_of(make.account_claim()) == "not_decided"


def test_access_gained_another_way_is_not_undone_here():  # A58 A55
    claim = make.account_claim()
    settle_pending(claim.user, claim.customer, make.STAFF)

    assert refusal_of(claim) == "not_undoable"


def test_a_denial_is_not_undone_beside_a_new_pending_claim():  # A52 A55
    claim = make.account_claim()
    deny_account_claim(claim, by=make.STAFF)
    make.account_claim(user=claim.user, customer=claim.customer)

    assert refusal_of(claim) == "pending_again"


def test_undoing_takes_the_contact_away_that_the_decision_put_on_file():  # A55 A9
    claim = make.account_claim()
    on_file = make.contact(claim.customer)
    approve_account_claim(claim, by=make.STAFF)

    undo_decision(claim, by=make.STAFF)

    assert list(claim.customer.contacts.all()) == [on_file]
