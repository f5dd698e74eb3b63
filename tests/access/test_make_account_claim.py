"""Making an account claim: one a person and customer, and never again after a denial."""

import pytest
from django.db import IntegrityError, transaction

from claimdesk.access.actions.account_claims import (
    approve_account_claim,
    deny_account_claim,
    make_account_claim,
    settle_pending,
)
from claimdesk.access.models import AccountClaim, Membership
from claimdesk.access.queries.denials import was_denied
from claimdesk.kernel.actor import SYSTEM, Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_claim_keeps_what_was_typed_and_why_it_matched():  # A5
    user, customer = make.user(name="Mia"), make.customer(name="Holz GmbH")
    evidence = [{"code": "name_same", "params": {}, "weight": 3.0}]

    claim = make_account_claim(
        user,
        customer=customer,
        requested={"organization": "Holz"},
        evidence=evidence,
        probability=0.9,
        by=SYSTEM,
    )

    claim.refresh_from_db()
    assert (claim.state, claim.requested, claim.evidence) == ("pending", {"organization": "Holz"}, evidence)
    event = Event.objects.get()
    assert event.kind == "account_claim.made"
    assert (event.customer_id, event.user_id, event.names["user"]) == (customer.pk, user.pk, "Mia")


def test_asking_twice_is_one_claim():  # A52
    user, customer = make.user(), make.customer()

    first = make_account_claim(user, customer=customer, by=SYSTEM)
    second = make_account_claim(user, customer=customer, by=Actor(kind="user", id=user.pk))

    assert first == second
    assert Event.objects.count() == 1


def test_the_database_holds_one_pending_claim_a_user_and_customer():  # A52
    claim = make.account_claim()

    with pytest.raises(IntegrityError), transaction.atomic():
        AccountClaim.objects.create(user=claim.user, customer=claim.customer, mailbox="x@y.com")


def test_nobody_claims_for_somebody_else():  # A5
    with pytest.raises(NotAllowed):
        make_account_claim(make.user(), customer=make.customer(), by=Actor(kind="user", id=make.user().pk))

    assert not AccountClaim.objects.exists()


def test_nothing_is_claimed_before_the_address_is_verified():  # A10
    with pytest.raises(Refused) as refusal:
        make_account_claim(make.user(email_verified_at=None), customer=make.customer(), by=SYSTEM)

    assert refusal.value.code == "not_verified"
    assert not AccountClaim.objects.exists()


def test_a_claim_on_a_merged_customer_is_one_on_its_survivor():  # A53
    survivor = make.customer()
    merged = make.customer(state="inactive", merged_into=survivor)

    assert make_account_claim(make.user(), customer=merged, by=SYSTEM).customer == survivor


def test_a_member_has_nothing_to_claim():  # A52
    membership = make.membership()

    with pytest.raises(Refused) as refusal:
        make_account_claim(membership.user, customer=membership.customer, by=SYSTEM)

    assert refusal.value.code == "already_member"


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("mia@holz.com", "mia@holz.com"),
        ("mia@holz.com", "Mia+shop@HOLZ.com"),
        ("mia.holz@gmail.com", "miaholz@googlemail.com"),
    ],
)
def test_what_was_denied_is_not_asked_again_under_another_spelling_or_user(first, again):  # A47
    denied = make.account_claim(user=make.user(email=first))
    deny_account_claim(denied, by=make.STAFF)
    user = denied.user if first == again else make.user(email=again)

    with pytest.raises(Refused) as refusal:
        make_account_claim(user, customer=denied.customer, by=SYSTEM)

    assert refusal.value.code == "denied_before"
    assert not AccountClaim.objects.filter(state="pending").exists()


def test_a_denial_follows_a_merged_customer_to_its_survivor():  # A47 A74
    denied = make.account_claim()
    deny_account_claim(denied, by=make.STAFF)
    survivor = make.customer()
    type(survivor).objects.filter(pk=denied.customer_id).update(merged_into=survivor, state="inactive")

    assert was_denied(denied.user, survivor)


def test_a_denial_says_nothing_of_other_customers_and_other_people():  # A47
    denied = make.account_claim()
    deny_account_claim(denied, by=make.STAFF)

    assert not was_denied(denied.user, make.customer())
    assert not was_denied(make.user(), denied.customer)


def test_denying_keeps_the_user_active_without_the_customer():  # A45
    claim = make.account_claim()

    deny_account_claim(claim, words="We do not know you.", note="Sounded odd", by=make.STAFF)

    claim.refresh_from_db()
    assert (claim.state, claim.words, claim.note) == ("denied", "We do not know you.", "Sounded odd")
    assert claim.user.is_active
    assert not Membership.objects.exists()


def test_the_words_to_the_applicant_and_the_note_are_kept_apart():  # A48
    claim = make.account_claim()

    deny_account_claim(claim, words="Sorry.", note="Sounded odd", by=make.STAFF)

    event = Event.objects.get()
    assert event.names["words"] == "Sorry."
    assert "odd" not in str(event.names) + str(event.data)


def test_access_gained_another_way_settles_the_pending_claim():  # A58
    claim, other = make.account_claim(), make.account_claim()

    assert settle_pending(claim.user, claim.customer, make.STAFF) == 1

    claim.refresh_from_db()
    other.refresh_from_db()
    assert (claim.state, claim.decision) == ("approved", AccountClaim.Decision.SETTLED)
    assert other.state == "pending"
    assert settle_pending(claim.user, claim.customer, make.STAFF) == 0


def test_who_was_let_in_once_is_not_denied():  # A47
    claim = make.account_claim()
    approve_account_claim(claim, by=make.STAFF)

    assert not was_denied(claim.user, claim.customer)
