"""Explain access: each condition with its mend, and why there is a claim or none."""

import pytest

from claimdesk.access.actions.account_claims import approve_account_claim, deny_account_claim, undo_decision
from claimdesk.access.models import Membership, Onboarding
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.explain import Explanation, explain_access
from claimdesk.customers.models import Contact, Customer
from claimdesk.kernel.clock import now
from claimdesk.people.models import User
from tests import make

pytestmark = pytest.mark.django_db


def failing(explanation: Explanation) -> set[str]:
    """The conditions that do not hold, each of which must say how to mend it."""
    broken = [condition for condition in explanation.conditions if not condition.holds]
    assert all(condition.mend for condition in broken)
    return {condition.code for condition in broken}


def again(membership: Membership) -> Explanation:
    """The explanation, of rows read anew."""
    return explain_access(
        User.objects.get(pk=membership.user_id), Customer.objects.get(pk=membership.customer_id)
    )


def test_whoever_has_access_meets_every_condition():  # A51
    explanation = again(make.membership())

    assert explanation.has_access
    assert failing(explanation) == set()


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda m: User.objects.filter(pk=m.user_id).update(is_active=False), "user_active"),
        (lambda m: User.objects.filter(pk=m.user_id).update(email_verified_at=None), "verified"),
        (lambda m: Membership.objects.update(state="removed", ended_at=now()), "member"),
        (lambda m: Membership.objects.all().delete(), "member"),
        (lambda m: Customer.objects.filter(pk=m.customer_id).update(state="admin"), "customer_active"),
        (lambda m: Contact.objects.update(is_enabled=False), "contact_enabled"),
    ],
    ids=["disabled", "unverified", "removed", "no member", "customer Admin", "contact disabled"],
)
def test_the_condition_that_fails_is_named_with_its_mend(spoil, code):  # A51 A80
    membership = make.membership()
    Membership.objects.update(contact=make.contact(membership.customer))
    spoil(membership)

    explanation = again(membership)

    assert not explanation.has_access
    assert failing(explanation) == {code}


def test_a_merged_customer_points_to_its_survivor():  # A51
    membership = make.membership()
    survivor = make.customer(name="Survivor Ltd")
    Customer.objects.filter(pk=membership.customer_id).update(merged_into=survivor, state="inactive")

    explanation = again(membership)

    assert failing(explanation) == {"customer_active", "not_merged"}
    assert any("Survivor Ltd" in condition.mend for condition in explanation.conditions)


@pytest.mark.parametrize(
    "prepare",
    [
        lambda claim: None,
        lambda claim: approve_account_claim(claim, by=make.STAFF),
        lambda claim: deny_account_claim(claim, by=make.STAFF),
        lambda claim: (approve_account_claim(claim, by=make.STAFF), undo_decision(claim, by=make.STAFF)),
    ],
    ids=["pending", "approved", "denied", "undone"],
)
def test_the_answer_is_the_one_that_pages_get(prepare):  # A51 A80
    claim = make.account_claim()
    prepare(claim)

    explanation = explain_access(claim.user, claim.customer)

    assert explanation.has_access == memberships_that_count(claim.user).exists()
    assert explanation.has_access == (failing(explanation) == set())
    assert explanation.claims == [claim]


def told(**fields) -> str:
    """What the history says of a user with that onboarding."""
    user, customer = make.user(), make.customer()
    fields.setdefault("submitted_at", now())
    explanation = fields.pop("explanation", {})
    explanation |= {"candidates": [{"customer_id": customer.pk, "probability": 0.73}]}
    Onboarding.objects.create(user=user, organization="Holz", explanation=explanation, **fields)
    return " ".join(explain_access(user, customer).history)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("no_match", "matched no customer on file"),
        ("denied_before", "had been denied there before"),
        ("auto_approve_off", "Auto Approve Users was off"),
        ("ambiguous", "more than one customer was plausible"),
        ("inactive", "was Inactive"),
        ("evidence_missing", "asked for verified contact; the user had name alone only"),
        ("evidence_held", "linked at once, no claim"),
    ],
)
def test_why_there_is_no_claim_is_told_with_the_settings_of_that_day(reason, words):  # A51 A4 A9
    explanation = {"reason": reason, "evidence_asked": "verified_contact", "evidence_held": "name_alone"}

    history = told(explanation=explanation)

    assert words in history
    assert "candidate 1 of 1, at 73%" in history


def test_an_unfinished_onboarding_is_told():  # A51 A2
    assert "has not finished onboarding" in told(submitted_at=None)


def test_users_made_by_staff_make_no_claim():  # A51 A7
    explanation = explain_access(make.user(), make.customer())

    assert any("made by staff or invited" in sentence for sentence in explanation.history)


def test_a_denial_of_another_user_with_the_same_mailbox_is_told():  # A51 A47
    denied = make.account_claim(user=make.user(email="mia.m@gmail.com", username="mia1"))
    deny_account_claim(denied, by=make.STAFF)

    explanation = explain_access(make.user(email="miam@gmail.com"), denied.customer)

    assert any("mia1" in sentence for sentence in explanation.history)
