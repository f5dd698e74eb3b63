import re

import pytest
from django.urls import reverse

from claimdesk.access.actions.invitations import invite
from claimdesk.access.models import Invitation, Membership
from claimdesk.access.queries.invitations import token_of
from claimdesk.ledger.models import Event
from claimdesk.people.models import User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    membership = make.membership(None, None, "manager")
    client.force_login(membership.user)
    client.customer = membership.customer
    return client


def test_the_team_shows_who_has_access_since_when_and_how(manager):  # A83
    colleague = make.membership(None, manager.customer, "buyer")

    page = manager.get(reverse("portal:team")).content.decode()

    assert colleague.user.email in page
    assert "buyer" in page
    assert "added by staff" in page


def test_a_manager_invites_changes_roles_and_removes(manager):  # A83
    colleague = make.membership(None, manager.customer)

    manager.post(reverse("portal:invitation_new"), {"email": "new@example.com", "roles": ["buyer"]})
    manager.post(reverse("portal:member_roles", args=[colleague.pk]), {"roles": ["service"]})
    colleague.refresh_from_db()
    assert colleague.roles == ["viewer", "service"]
    manager.post(reverse("portal:member_removal", args=[colleague.pk]))

    colleague.refresh_from_db()
    assert colleague.state == Membership.State.REMOVED
    assert Invitation.objects.get().email == "new@example.com"


@pytest.mark.parametrize("page", ["portal:invitation_new", "portal:customer_edit"])
def test_a_form_left_open_does_nothing_to_another_account(manager, page):  # A80 A83
    """Two tabs: in one the form, in the other the account was switched."""
    form = manager.get(reverse(page)).content.decode()
    in_hand = re.search(r'name="customer_in_hand" value="(\d+)"', form)[1]
    second = make.membership(User.objects.get(), None, "manager").customer
    manager.post(reverse("portal:account_in_hand"), {"customer": second.pk})
    before = Event.objects.count()

    sent = {"email": "new@example.com", "roles": ["buyer"], "name": "Else", "customer_in_hand": in_hand}
    response = manager.post(reverse(page), sent)

    assert (in_hand, response.status_code) == (str(manager.customer.pk), 409)
    assert Event.objects.count() == before


def test_people_of_another_customer_do_not_exist(manager):  # A83
    stranger = make.membership()
    foreign = invite(stranger.customer, email="x@example.com", roles=[], by=make.STAFF)

    addresses = [
        reverse("portal:member_removal", args=[stranger.pk]),
        reverse("portal:member_roles", args=[stranger.pk]),
        reverse("portal:invitation_cancellation", args=[foreign.pk]),
        reverse("portal:invitation_resending", args=[foreign.pk]),
    ]
    assert [manager.post(address).status_code for address in addresses] == [404] * 4


def test_a_newcomer_accepts_by_choosing_username_and_password(client):  # A7 A83
    invitation = invite(make.customer(), email="ann@example.com", roles=["buyer"], by=make.STAFF)
    address = reverse("portal:invitation", args=[token_of(invitation)])
    assert client.get(address).status_code == 200

    answer = client.post(address, {"name": "Ann", "username": "ann", "password": make.PASSWORD})

    assert answer.status_code in (302, 303)
    assert User.objects.get(username="ann").memberships.get().customer == invitation.customer
    assert client.get(address).status_code == 410


def test_who_has_a_sign_in_is_led_to_it_and_accepts_with_one_click(client):  # A7
    user = make.user(email="ann@example.com")
    invitation = invite(make.customer(), email="ann@example.com", roles=[], by=make.STAFF)
    address = reverse("portal:invitation", args=[token_of(invitation)])
    assert client.get(address).status_code == 302

    client.force_login(user)
    client.post(address)

    assert user.memberships.get().customer == invitation.customer


def test_a_forged_link_leads_nowhere(client):  # A83
    invitation = invite(make.customer(), email="ann@example.com", roles=[], by=make.STAFF)

    assert client.get(reverse("portal:invitation", args=[f"{invitation.pk}-{'0' * 40}"])).status_code == 404


def test_a_manager_limits_what_a_buyer_orders_alone(manager):  # O22
    make.company(order_approval=True, currency="EUR")
    buyer = make.membership(None, manager.customer, "buyer")
    address = reverse("portal:member_limit", args=[buyer.pk])

    wrong = [manager.post(address, {"limit": text}).status_code for text in ("many", "-1", "1.005")]
    manager.post(address, {"limit": "499,90"})
    buyer.refresh_from_db()

    assert wrong == [422] * 3
    assert buyer.order_limit == 49_990
    assert "€499.90" in manager.get(reverse("portal:team")).content.decode()
    manager.post(address, {"limit": ""})
    buyer.refresh_from_db()
    assert buyer.order_limit is None


def test_only_managers_of_the_account_set_limits(client):  # O22
    buyer = make.membership(None, None, "buyer")
    address = reverse("portal:member_limit", args=[buyer.pk])
    answers = []
    for person in (buyer.user, make.membership(None, None, "manager").user):
        client.force_login(person)
        answers.append(client.post(address, {"limit": "1"}).status_code)

    buyer.refresh_from_db()
    assert answers == [403, 404]
    assert buyer.order_limit is None
