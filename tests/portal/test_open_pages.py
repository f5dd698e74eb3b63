import pytest
from django.test import Client
from django.urls import reverse

from claimdesk.access.actions.invitations import invite
from claimdesk.access.models import ConnectionRight, Invitation, Membership
from claimdesk.access.queries.invitations import token_of
from claimdesk.people.models import User
from tests import make

pytestmark = pytest.mark.django_db
FACTS = {"number": "K-00123", "postcode": "20457", "invoice": "RE-0815"}
LOGIN = "/connect/login/"


def page_of(invitation: Invitation) -> str:
    return reverse("portal:invitation", args=[token_of(invitation)])


def proved(client: Client) -> None:
    row = make.customer(number=FACTS["number"], postcode=FACTS["postcode"], town="Hamburg")
    make.invoice_proof(row, FACTS["invoice"])
    assert client.post("/connect/", FACTS).status_code == 303


def force_new_password(user: User) -> None:
    User.objects.filter(pk=user.pk).update(must_change_password=True)


def test_who_must_set_a_new_password_accepts_no_invitation_before_he_did(client):  # A86
    user = make.user(must_change_password=True)
    invitation = invite(make.customer(), email=user.email, roles=[], by=make.STAFF)
    client.force_login(user)

    for ask in (client.get, client.post):
        assert ask(page_of(invitation)).headers["Location"] == reverse("portal:password")

    invitation.refresh_from_db()
    assert invitation.state == Invitation.State.OPEN
    assert not Membership.objects.exists()


def test_who_must_set_a_new_password_connects_to_no_account_before_he_did(client):  # A86
    user = make.user()
    client.force_login(user)
    proved(client)
    force_new_password(user)

    for page in ("/connect/", LOGIN):
        assert client.post(page, FACTS).headers["Location"] == reverse("portal:password")

    assert ConnectionRight.objects.count() == 1
    assert not Membership.objects.exists()


def test_staff_who_need_a_second_factor_set_it_up_before_they_accept_or_connect(client):  # A81
    make.company(staff_need_second_factor=True)
    person = make.staff()
    invitation = invite(make.customer(), email="ann@example.com", roles=[], by=make.STAFF)
    client.force_login(person)

    for page in (page_of(invitation), "/connect/", LOGIN):
        assert client.post(page, FACTS).headers["Location"] == reverse("mfa_activate_totp")


def test_visitors_and_those_who_owe_nothing_come_in(client):  # A7 A20
    user = make.user()
    invitation = invite(make.customer(), email=user.email, roles=[], by=make.STAFF)
    assert client.get("/connect/").status_code == 200
    client.force_login(user)

    assert client.post(page_of(invitation)).status_code == 303
    proved(client)
    assert client.post(LOGIN).status_code == 303

    assert Membership.objects.filter(user=user).count() == 2
