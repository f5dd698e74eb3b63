"""Approving: who gets in, what is checked again, and what a second decision meets."""

import pytest

from claimdesk.access.actions.account_claims import (
    approve_account_claim,
    approve_with_new_customer,
    deny_account_claim,
)
from claimdesk.access.models import AccountClaim, Membership
from claimdesk.access.permissions import VIEW_ACCOUNT
from claimdesk.access.queries.access import actor_of, memberships_that_count
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.people.models import User
from claimdesk.people.queries.staff import staff_actor
from tests import make

pytestmark = pytest.mark.django_db


def test_approving_gives_access_at_once():  # A44
    claim = make.account_claim()

    approve_account_claim(claim, note="Rang Mr Miller", by=make.STAFF)

    claim.refresh_from_db()
    assert claim.state == "approved"
    assert (claim.decided_customer, claim.decided_by_name) == (claim.customer, "Sam Staff")
    assert actor_of(claim.user, door="portal").customer_id == claim.customer_id
    assert actor_of(claim.user, door="portal").may(VIEW_ACCOUNT)


def test_approving_gives_buyer_and_service_unless_told_otherwise():  # A57
    usual, other = make.account_claim(), make.account_claim()

    approve_account_claim(usual, by=make.STAFF)
    approve_account_claim(other, roles=["manager"], by=make.STAFF)

    assert usual.user.memberships.get().roles == ["viewer", "buyer", "service"]
    assert other.user.memberships.get().roles == ["viewer", "manager"]


def test_approving_is_one_event_on_the_customers_timeline_too():  # A48
    claim = make.account_claim()

    approve_account_claim(claim, by=make.STAFF)

    event = Event.objects.get()
    assert event.kind == "account_claim.approved"
    assert (event.customer_id, event.user_id) == (claim.customer_id, claim.user_id)


def test_a_claim_can_be_linked_to_another_customer():  # A46
    claim, other = make.account_claim(), make.customer()

    approve_account_claim(claim, customer=other, by=make.STAFF)

    assert claim.decision == AccountClaim.Decision.OTHER_CUSTOMER
    assert claim.decided_customer == other
    assert [m.customer for m in memberships_that_count(claim.user)] == [other]
    assert Event.objects.get().customer_id == other.pk


def test_linking_to_another_customer_settles_the_claim_on_that_one():  # A46 A58
    claim = make.account_claim()
    second = make.account_claim(user=claim.user)

    approve_account_claim(claim, customer=second.customer, by=make.STAFF)

    second.refresh_from_db()
    assert (second.state, second.decision) == ("approved", AccountClaim.Decision.SETTLED)


def test_a_new_customer_can_be_made_of_what_was_typed():  # A46 A14 A15
    make.company(new_account_status="active", default_terms="30 days")
    requested = {"organization": "Ånga AB", "tax_number": "SE55", "town": "Umeå", "postcode": "903 25"}
    claim = make.account_claim(requested=requested)

    customer = approve_with_new_customer(claim, by=make.STAFF)

    assert (customer.name, customer.tax_number, customer.terms) == ("Ånga AB", "SE55", "30 days")
    assert customer.addresses.get().town == "Umeå"
    assert claim.decision == AccountClaim.Decision.NEW_CUSTOMER
    assert memberships_that_count(claim.user).get().is_manager
    assert not Membership.objects.filter(customer=claim.customer).exists()


def test_a_new_customer_waits_if_new_accounts_do():  # A14 A46
    make.company(new_account_status="new")
    claim = make.account_claim(requested={"organization": "Newman"})

    customer = approve_with_new_customer(claim, by=make.STAFF)

    assert customer.state == Customer.Status.NEW
    assert not memberships_that_count(claim.user).exists()


def test_a_new_customer_never_takes_an_address_that_is_anothers():  # A66
    make.company(new_account_status="active")
    user = make.user(email="desk@shared.com")
    make.customer(email="desk@shared.com")
    claim = make.account_claim(user=user, requested={"organization": "Second"})

    customer = approve_with_new_customer(claim, by=make.STAFF)

    assert (customer.email, customer.state) == ("", Customer.Status.NEW)


@pytest.mark.parametrize("decide", [approve_account_claim, deny_account_claim, approve_with_new_customer])
def test_a_second_decision_is_refused_and_changes_nothing(decide):  # A52
    claim = make.account_claim()
    stale = AccountClaim.objects.get(pk=claim.pk)
    deny_account_claim(claim, by=make.STAFF)

    with pytest.raises(Refused) as refusal:
        decide(stale, by=make.STAFF)

    assert refusal.value.code == "already_decided"
    assert "Sam Staff" in refusal.value.message
    assert not Membership.objects.exists()
    assert Event.objects.about(claim).count() == 1


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda c: User.objects.filter(pk=c.user_id).update(is_active=False), "user_disabled"),
        (lambda c: User.objects.filter(pk=c.user_id).update(email_verified_at=None), "not_verified"),
        (lambda c: Customer.objects.filter(pk=c.customer_id).update(state="inactive"), "customer_inactive"),
    ],
    ids=["user disabled", "user unverified", "customer inactive"],
)
def test_all_is_checked_again_at_the_decision(spoil, code):  # A53
    claim = make.account_claim()
    spoil(claim)

    with pytest.raises(Refused) as refusal:
        approve_account_claim(claim, by=make.STAFF)

    claim.refresh_from_db()
    assert refusal.value.code == code
    assert claim.state == "pending"
    assert not Membership.objects.exists()
    assert not Event.objects.exists()


def test_a_merged_customer_means_its_survivor():  # A53
    survivor = make.customer()
    claim = make.account_claim(customer=make.customer(state="inactive", merged_into=survivor))

    approve_account_claim(claim, by=make.STAFF)

    assert claim.decision == AccountClaim.Decision.APPROVED
    assert memberships_that_count(claim.user).get().customer == survivor


@pytest.mark.parametrize("decide", [approve_account_claim, deny_account_claim, approve_with_new_customer])
def test_nobody_decides_an_own_claim(decide):  # A53
    person = make.staff()
    claim = make.account_claim(user=person)

    with pytest.raises(Refused) as refusal:
        decide(claim, by=staff_actor(person))

    claim.refresh_from_db()
    assert (refusal.value.code, claim.state) == ("own_claim", "pending")


def test_limited_staff_decide_only_on_their_customers():  # A53
    person = make.staff("sales", only_own_customers=True)
    theirs, others = make.customer(representative=person), make.customer()
    by = staff_actor(person)
    foreign, own = make.account_claim(customer=others), make.account_claim(customer=theirs)

    for deed in (
        lambda: approve_account_claim(foreign, by=by),
        lambda: deny_account_claim(foreign, by=by),
        lambda: approve_account_claim(own, customer=others, by=by),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "not_your_customer"
    approve_account_claim(own, by=by)

    assert Membership.objects.get().customer == theirs


def test_who_may_not_decide_cannot():  # A53
    claim = make.account_claim()
    service = staff_actor(make.staff("service"))

    for decide in (approve_account_claim, deny_account_claim, approve_with_new_customer):
        with pytest.raises(NotAllowed):
            decide(claim, by=service)
        with pytest.raises(NotAllowed):
            decide(claim, by=Actor(kind="user", id=claim.user_id))

    claim.refresh_from_db()
    assert claim.state == "pending"


def test_deciding_one_claim_decides_nothing_on_the_others():  # A49
    customer = make.customer()
    first, second = make.account_claim(customer=customer), make.account_claim(customer=customer)

    approve_account_claim(first, by=make.STAFF)

    second.refresh_from_db()
    assert second.state == "pending"
    assert not memberships_that_count(second.user).exists()


def test_a_member_who_is_approved_stays_what_he_is():  # A52
    claim = make.account_claim()
    make.membership(claim.user, claim.customer, "manager")

    approve_account_claim(claim, by=make.STAFF)

    assert claim.user.memberships.get().roles == ["viewer", "manager"]
