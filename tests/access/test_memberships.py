import pytest

from claimdesk.access.actions.account_claims import deny_account_claim
from claimdesk.access.actions.memberships import change_roles, grant_membership, remove_membership
from claimdesk.access.models import AccountClaim, Membership
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.conversations.models import OutgoingMail
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


def test_staff_link_by_hand_what_was_denied_and_it_is_recorded_as_an_override():  # A47 A86
    claim = make.account_claim()
    deny_account_claim(claim, by=make.STAFF)

    grant_membership(claim.user, customer=claim.customer, roles=["buyer"], by=make.STAFF)

    assert memberships_that_count(claim.user).get().roles == ["viewer", "buyer"]
    assert Event.objects.get(kind="membership.granted").data["is_override"] is True


def test_access_by_hand_settles_the_pending_claim_in_the_same_transaction():  # A58
    claim = make.account_claim()

    grant_membership(claim.user, customer=claim.customer, roles=[], by=make.STAFF)

    claim.refresh_from_db()
    assert (claim.state, claim.decision) == (AccountClaim.State.APPROVED, "settled")


def test_the_person_is_told():  # A86
    user = make.user()

    grant_membership(user, customer=make.customer(), roles=["buyer"], by=make.STAFF)
    work_off()

    assert OutgoingMail.objects.filter(key="account_enabled", to=user.email).count() == 1


@pytest.mark.parametrize("state", ["inactive", "member", "staff"])
def test_who_cannot_belong_is_refused(state):  # A53 A64
    user, customer = make.user(), make.customer()
    if state == "inactive":
        type(customer).objects.update(state="inactive")
        customer.refresh_from_db()
    if state == "member":
        make.membership(user, customer)
    if state == "staff":
        user = make.staff("sales")
    before = list(Membership.objects.values())

    with pytest.raises(Refused):
        grant_membership(user, customer=customer, roles=[], by=make.STAFF)

    assert list(Membership.objects.values()) == before


def test_a_manager_changes_and_removes_people_of_the_own_account_only():  # A83
    customer = make.customer()
    manager = make.actor(make.membership(None, customer, "manager").user)
    colleague, stranger = make.membership(None, customer), make.membership()

    change_roles(colleague, roles=["buyer"], by=manager)
    remove_membership(colleague, by=manager)
    with pytest.raises(NotAllowed):
        remove_membership(stranger, by=manager)

    colleague.refresh_from_db()
    stranger.refresh_from_db()
    assert (colleague.state, stranger.state) == ("removed", "active")


def test_the_last_manager_cannot_go_nor_step_down_but_staff_keep_a_veto():  # A83
    membership = make.membership(None, None, "manager")
    manager = make.actor(membership.user)

    for deed in (
        lambda: remove_membership(membership, by=manager),
        lambda: change_roles(membership, roles=[], by=manager),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "last_manager"

    remove_membership(membership, by=make.STAFF)
    assert not memberships_that_count(membership.user).exists()


def test_the_address_of_somebody_let_go_is_no_evidence_any_more():  # A83 A9
    membership = grant_membership(make.user(), customer=make.customer(), roles=[], by=make.STAFF)
    assert membership.contact.is_enabled

    remove_membership(membership, by=make.STAFF)

    membership.contact.refresh_from_db()
    assert not membership.contact.is_enabled


def test_a_buyer_manages_nobody():  # A83
    customer = make.customer()
    buyer = make.actor(make.membership(None, customer, "buyer").user)
    colleague = make.membership(None, customer)

    with pytest.raises(NotAllowed):
        remove_membership(colleague, by=buyer)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_managers_who_remove_each_other_one_stays(race):  # A83
    customer = make.customer()
    one, other = make.membership(None, customer, "manager"), make.membership(None, customer, "manager")
    first, second = make.actor(one.user), make.actor(other.user)

    race(lambda: remove_membership(other, by=first), lambda: remove_membership(one, by=second))

    assert Membership.objects.filter(customer=customer, state="active", is_manager=True).count() == 1
