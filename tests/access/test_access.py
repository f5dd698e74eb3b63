import pytest

from claimdesk.access.models import Membership
from claimdesk.access.permissions import MANAGE_TEAM, VIEW_ACCOUNT
from claimdesk.access.queries.access import actor_of, memberships_that_count
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "spoil",
    [
        lambda m: type(m.user).objects.update(is_active=False),
        lambda m: type(m.user).objects.update(email_verified_at=None),
        lambda m: Membership.objects.update(state="removed"),
        lambda m: type(m.customer).objects.update(state="inactive"),
    ],
    ids=["user disabled", "user unverified", "membership removed", "customer inactive"],
)
def test_access_needs_all_four_and_ends_at_once_when_one_is_gone(spoil):  # A80 A68
    membership = make.membership()
    assert memberships_that_count(membership.user).exists()

    spoil(membership)

    membership.user.refresh_from_db()
    assert not memberships_that_count(membership.user).exists()
    assert not actor_of(membership.user, door="portal").may(VIEW_ACCOUNT)


def test_the_customer_in_hand_is_one_of_ones_own_or_none():  # A80
    user = make.user()
    mine, foreign = make.membership(user).customer, make.customer()

    assert actor_of(user, door="portal", customer_id=foreign.pk).customer_id == mine.pk
    assert actor_of(user, door="portal", customer_id=mine.pk).may(VIEW_ACCOUNT)


def test_roles_say_what_a_member_may():  # A80
    assert not actor_of(make.membership().user, door="portal").may(MANAGE_TEAM)
    assert actor_of(make.membership(None, None, "manager").user, door="portal").may(MANAGE_TEAM)


def test_several_people_of_one_customer_have_each_an_own_sign_in():  # A66
    customer = make.customer()
    first, second = make.membership(None, customer).user, make.membership(None, customer).user

    first.is_active = False
    first.save()

    assert (first.username, first.email) != (second.username, second.email)
    assert not memberships_that_count(first).exists()
    assert memberships_that_count(second).get().customer == customer


@pytest.mark.parametrize("state", ["new", "admin"])
def test_nobody_gets_into_an_account_that_is_new_or_admin(state):  # A65
    membership = make.membership(None, make.customer(state=state), "manager")

    assert make.actor(membership.user).customer_id is None
