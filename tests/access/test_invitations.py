from datetime import timedelta

import pytest

from claimdesk.access.actions.invitations import (
    accept_invitation,
    accept_invitation_as_newcomer,
    cancel_invitation,
    invite,
)
from claimdesk.access.models import AccountClaim, Invitation, Membership
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.invitations import invitation_by_token, token_of
from claimdesk.conversations.models import OutgoingMail
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.clock import clock_at, now
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.people.models import User
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


def accept_as_ann(invitation: Invitation):
    return accept_invitation_as_newcomer(
        invitation, name="Ann", username="ann", password=make.PASSWORD, by=VISITOR
    )


def test_a_manager_invites_and_the_newcomer_is_in_without_a_claim():  # A7 A83
    customer = make.customer()
    manager = make.actor(make.membership(None, customer, "manager").user)

    invitation = invite(customer, email=" Ann@Example.com", roles=["buyer"], by=manager)
    work_off()
    mail = OutgoingMail.objects.get(key="invitation")
    assert (mail.to, token_of(invitation) in mail.text) == ("ann@example.com", True)
    accept_as_ann(invitation)

    ann = User.objects.get(username="ann")
    assert memberships_that_count(ann).get().roles == ["viewer", "buyer"]
    assert ann.check_password(make.PASSWORD)
    assert not AccountClaim.objects.exists()


def test_who_has_a_sign_in_accepts_signed_in_with_the_invited_address():  # A7
    user, other = make.user(email="ann@example.com"), make.user()
    invitation = invite(make.customer(), email="ann@example.com", roles=[], by=make.STAFF)

    with pytest.raises(Refused):
        accept_invitation(invitation, by=make.actor(other))
    accept_invitation(invitation, by=make.actor(user))

    assert memberships_that_count(user).count() == 1
    assert not memberships_that_count(other).exists()


def test_a_link_works_once_and_the_earlier_one_is_void():  # A62 A83
    customer = make.customer()
    first = invite(customer, email="ann@example.com", roles=[], by=make.STAFF)
    old = token_of(first)
    second = invite(customer, email="ann@example.com", roles=[], by=make.STAFF)

    assert invitation_by_token(old) is None
    accept_as_ann(second)
    with pytest.raises(Refused):
        accept_as_ann(second)

    assert Membership.objects.count() == 1


@pytest.mark.parametrize("over", ["canceled", "expired", "inactive"])
def test_an_invitation_that_is_over_lets_nobody_in(over):  # A83 A64
    customer = make.customer()
    invitation = invite(customer, email="ann@example.com", roles=[], by=make.STAFF)
    if over == "canceled":
        cancel_invitation(invitation, by=make.STAFF)
    if over == "inactive":
        type(customer).objects.update(state="inactive")
    later = now() + (timedelta(days=15) if over == "expired" else timedelta())

    with clock_at(later), pytest.raises(Refused):
        accept_as_ann(Invitation.objects.get())

    assert not Membership.objects.exists()
    assert not User.objects.filter(username="ann").exists()


def test_a_manager_sends_only_so_many_invitations_a_day():  # A83
    make.company(invitations_a_day=2)
    customer = make.customer()
    manager = make.actor(make.membership(None, customer, "manager").user)
    for _time in range(2):
        invite(customer, email="ann@example.com", roles=[], by=manager)

    with pytest.raises(Refused) as refusal:
        invite(customer, email="bob@example.com", roles=[], by=manager)
    invite(customer, email="carl@example.com", roles=[], by=make.STAFF)

    assert refusal.value.code == "too_many_invitations"
    assert set(Invitation.objects.values_list("email", flat=True)) == {"ann@example.com", "carl@example.com"}


def test_yesterdays_invitations_do_not_count():  # A83
    make.company(invitations_a_day=1)
    customer = make.customer()
    manager = make.actor(make.membership(None, customer, "manager").user)
    invite(customer, email="ann@example.com", roles=[], by=manager)
    Event.objects.update(happened_at=now() - timedelta(hours=25))

    assert invite(customer, email="bob@example.com", roles=[], by=manager).state == "open"


def test_others_invite_nobody():  # A83 A84
    customer = make.customer()
    buyer = make.actor(make.membership(None, customer, "buyer").user)
    foreign = make.actor(make.membership(None, None, "manager").user)

    for actor in (buyer, foreign, VISITOR):
        with pytest.raises(NotAllowed):
            invite(customer, email="ann@example.com", roles=[], by=actor)

    assert not Invitation.objects.exists()


def test_an_accepted_invitation_settles_the_pending_claim():  # A58
    claim = make.account_claim(user=make.user(email="ann@example.com"))
    invitation = invite(claim.customer, email="ann@example.com", roles=[], by=make.STAFF)

    accept_invitation(invitation, by=make.actor(claim.user))

    claim.refresh_from_db()
    assert (claim.state, claim.decision) == ("approved", "settled")
