import pytest

from claimdesk.access.actions.customer_status import (
    activate_customer,
    deactivate_customer,
    make_customer_admin,
    send_login_details,
)
from claimdesk.access.models import ActingSession, Membership, PasswordLink
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.members import touched_by_deactivation
from claimdesk.customers.actions.customers import change_customer
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.models import Event
from claimdesk.people.models import User
from tests import make

pytestmark = pytest.mark.django_db
DEEDS = {"active": activate_customer, "admin": make_customer_admin, "inactive": deactivate_customer}
ALLOWED = {
    ("new", "active"),
    ("new", "admin"),
    ("new", "inactive"),
    ("admin", "active"),
    ("admin", "inactive"),
    ("active", "inactive"),
    ("inactive", "active"),
}


@pytest.mark.parametrize("to", DEEDS)
@pytest.mark.parametrize("state", Customer.Status.values)
def test_the_status_moves_as_the_table_says_and_not_otherwise(state, to):  # A60 A77
    customer = make.customer(state=state)

    if (state, to) in ALLOWED:
        DEEDS[to](customer, by=make.STAFF)
    else:
        with pytest.raises(Refused):
            DEEDS[to](customer, by=make.STAFF)

    customer.refresh_from_db()
    assert customer.state == (to if (state, to) in ALLOWED else state)
    assert Event.objects.count() == int((state, to) in ALLOWED)


@pytest.mark.parametrize("deed", DEEDS.values())
def test_only_who_may_change_the_status_does(deed):  # A60
    customer = make.customer(state="new")

    with pytest.raises(NotAllowed):
        deed(customer, by=Actor(kind="staff", permissions=frozenset({"customers.edit_customers"})))

    customer.refresh_from_db()
    assert customer.state == "new"


@pytest.mark.parametrize("state", ["new", "admin", "inactive"])
def test_the_first_activation_from_whichever_status_makes_login_details(state):  # A62 A77
    customer = make.customer(state=state)
    manager = make.membership(None, customer, "manager").user

    activate_customer(customer, by=make.STAFF)

    link, event = PasswordLink.objects.get(), Event.objects.get()
    assert (link.user, link.customer, link.purpose) == (manager, customer, "login_details")
    assert event.data["is_first"]
    assert (event.data["user_id"], event.data["password_link_id"]) == (manager.pk, link.pk)


def test_a_customer_without_user_gets_its_first_manager_from_the_account_address():  # A77
    customer = make.customer(state="admin", email="info@mueller-bau.example", name="Müller Bau")

    activate_customer(customer, by=make.STAFF)

    user = User.objects.get()
    membership = Membership.objects.get()
    assert (user.username, user.email, user.name) == ("mueller-bau", customer.email, "Müller Bau")
    assert not user.has_usable_password()
    assert not user.is_verified
    assert (membership.is_manager, membership.granted) == (True, "first_manager")
    assert membership.contact.email == customer.email


def test_a_username_that_is_taken_is_not_given_twice():  # A77
    make.user(username="Ada.Love")
    customer = make.customer(state="admin", email="ada.love@x.example")

    activate_customer(customer, by=make.STAFF)

    assert User.objects.get(email=customer.email).username == "ada.love2"


def test_a_person_who_has_the_account_address_becomes_the_first_manager():  # A77 A66
    owner = make.user(email="owner@x.example")
    customer = make.customer(state="new", email="owner@x.example")

    activate_customer(customer, by=make.STAFF)

    assert Membership.objects.get().user == owner
    assert User.objects.count() == 1


def test_the_address_of_staff_makes_no_first_manager():  # A77
    make.staff("sales", email="sam@seller.example")
    customer = make.customer(state="new", email="sam@seller.example")

    with pytest.raises(Refused) as refusal:
        activate_customer(customer, by=make.STAFF)

    customer.refresh_from_db()
    assert refusal.value.code == "address_of_staff"
    assert (customer.state, customer.first_activated_at) == ("new", None)


def test_a_password_that_was_chosen_stays():  # A77
    customer = make.customer(state="new")
    manager = make.membership(None, customer, "manager").user

    activate_customer(customer, by=make.STAFF)

    manager.refresh_from_db()
    assert manager.check_password(make.PASSWORD)


def test_login_details_are_for_the_member_with_the_account_address():  # A62
    customer = make.customer(state="new", email="desk@x.example")
    make.membership(None, customer, "manager")
    desk = make.membership(make.user(email="desk@x.example"), customer).user

    activate_customer(customer, by=make.STAFF)

    assert PasswordLink.objects.get().user == desk


def test_activation_again_makes_no_login_details():  # A62
    customer = make.customer(state="inactive", first_activated_at=now())
    member = make.membership(None, customer).user

    activate_customer(customer, by=make.STAFF)

    assert not PasswordLink.objects.exists()
    assert not Event.objects.get().data["is_first"]
    assert Event.objects.get().data["member_ids"] == [member.pk]


def test_a_customer_without_address_cannot_become_active():  # A63
    customer = make.customer(state="new", email="")

    with pytest.raises(Refused) as refusal:
        activate_customer(customer, by=make.STAFF)

    customer.refresh_from_db()
    assert refusal.value.code == "email_required"
    assert customer.state == "new"
    assert not User.objects.exists()


def test_becoming_inactive_ends_access_at_once_and_keeps_memberships():  # A64
    customer = make.customer()
    membership = make.membership(None, customer)
    link = send_login_details(customer, user=membership.user, by=make.STAFF)
    acting = ActingSession.objects.create(
        staff=make.staff(), customer=customer, reason="Help", ends_at=now() + (now() - customer.created_at)
    )

    deactivate_customer(customer, by=make.STAFF)

    link.refresh_from_db()
    acting.refresh_from_db()
    membership.refresh_from_db()
    assert not memberships_that_count(membership.user).exists()
    assert link.voided_at is not None
    assert acting.ended_at is not None
    assert membership.state == "active"
    assert Event.objects.get(kind="customer.deactivated").data["member_ids"] == [membership.user_id]


def test_what_becoming_inactive_touches_is_known_before():  # A64
    customer = make.customer()
    membership = make.membership(None, customer)
    claim = make.account_claim(customer=customer)
    make.account_claim()

    touched = touched_by_deactivation(customer)

    assert (touched.members, touched.account_claims) == ([membership], [claim])


def test_sending_login_details_again_voids_the_earlier_link():  # A62
    customer = make.customer()
    user = make.membership(None, customer).user
    first = send_login_details(customer, user=user, by=make.STAFF)

    second = send_login_details(customer, user=user, by=make.STAFF)

    first.refresh_from_db()
    assert first.voided_at is not None
    assert second.voided_at is None
    assert Event.objects.filter(kind="customer.login_details_sent", user_id=user.pk).count() == 2


@pytest.mark.parametrize("why", ["not a member", "disabled", "customer inactive"])
def test_login_details_go_to_members_who_could_use_them(why):  # A62
    customer = make.customer(state="inactive" if why == "customer inactive" else "active")
    user = make.user(is_active=why != "disabled")
    if why != "not a member":
        make.membership(user, customer)

    with pytest.raises(Refused):
        send_login_details(customer, user=user, by=make.STAFF)

    assert not PasswordLink.objects.exists()


def test_a_merged_customer_has_no_status_to_change():  # A74
    customer = make.customer(state="inactive", merged_into=make.customer())

    with pytest.raises(Refused) as refusal:
        activate_customer(customer, by=make.STAFF)

    assert refusal.value.code == "customer_merged"


@pytest.mark.race
def test_two_activations_at_once_make_one_manager_and_one_link(race):  # A62 A77
    customer = make.customer(state="new", email="info@race.example")

    def activate():
        return activate_customer(Customer.objects.get(pk=customer.pk), by=make.STAFF)

    results = race(activate, activate)

    refusals = [result for result in results if isinstance(result, Refused)]
    assert [refusal.code for refusal in refusals] == ["already_in_status"]
    assert Membership.objects.filter(is_manager=True).count() == 1
    assert PasswordLink.objects.count() == 1
    assert User.objects.count() == 1
    assert Event.objects.count() == 1


@pytest.mark.race
def test_activating_while_the_address_is_emptied_lets_one_win(race):  # A63 A77
    customer = make.customer(state="new", email="info@race.example")

    results = race(
        lambda: activate_customer(Customer.objects.get(pk=customer.pk), by=make.STAFF),
        lambda: change_customer(Customer.objects.get(pk=customer.pk), email="", by=make.STAFF),
    )

    customer.refresh_from_db()
    assert [result.code for result in results if isinstance(result, Refused)] == ["email_required"]
    assert (customer.state == "active") == (customer.email != "")


def test_becoming_first_manager_settles_the_own_pending_claim_and_an_earlier_denial_shows_as_override():  # A58 A47
    owner = make.user(email="owner@x.example")
    customer = make.customer(state="new", email="owner@x.example")
    make.account_claim(user=owner, customer=customer, state="denied")
    pending = make.account_claim(user=owner, customer=customer)

    activate_customer(customer, by=make.STAFF)

    pending.refresh_from_db()
    assert (pending.state, pending.decision) == ("approved", "settled")
    assert Event.objects.get(kind="customer.activated").data["is_override"]
