import pytest

from claimdesk.access.actions.users import make_staff, make_user
from claimdesk.access.models import AccountClaim, PasswordLink
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.conversations.models import OutgoingMail
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.people.actions.staff import add_staff_role, change_staff, change_staff_role
from claimdesk.people.actions.users import change_user, disable_user, enable_user, force_new_password
from claimdesk.people.models import StaffRole, User
from claimdesk.people.queries.staff import permissions_of, staff_actor
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


def test_a_user_made_by_staff_gets_login_details_and_makes_no_claim():  # A7 A86
    customer = make.customer()

    user = make_user(name="Ann", email="Ann@Example.com", customer=customer, roles=["manager"], by=make.STAFF)
    work_off()

    assert OutgoingMail.objects.get().key == "login_details"
    assert PasswordLink.objects.get().user == user
    assert not user.has_usable_password()
    assert not memberships_that_count(user).exists()  # until the address is verified by the link
    assert not AccountClaim.objects.exists()


def test_a_taken_address_or_username_is_refused():  # A86
    taken = make.user()

    with pytest.raises(Refused):
        make_user(name="Ann", email=taken.email, by=make.STAFF)
    with pytest.raises(Refused):
        make_user(name="Ann", email="ann@example.com", username=taken.username.upper(), by=make.STAFF)

    assert User.objects.count() == 1


def test_disabling_ends_access_at_once_and_enabling_gives_it_back():  # A68 A86
    membership = make.membership()

    disable_user(membership.user, by=make.STAFF)
    assert not memberships_that_count(membership.user).exists()

    enable_user(membership.user, by=make.STAFF)
    assert memberships_that_count(membership.user).exists()


def test_staff_force_a_new_password_and_change_a_name():  # A86
    user = make.user()

    force_new_password(user, by=make.STAFF)
    change_user(user, fields={"name": "Anna Neu"}, by=make.STAFF)

    user.refresh_from_db()
    assert (user.must_change_password, user.name, user.name_folded) == (True, "Anna Neu", "anna neu")


def test_the_last_administrator_stays():  # A86
    last = make.staff()

    for deed in (
        lambda: disable_user(last, by=make.STAFF),
        lambda: change_staff(last, roles=[], only_own_customers=False, by=make.STAFF),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "last_administrator"


def test_sales_change_customers_people_but_no_staff():  # A86
    sales = staff_actor(make.staff("sales"))
    colleague = make.staff("finance")

    with pytest.raises(NotAllowed):
        disable_user(colleague, by=sales)
    with pytest.raises(NotAllowed):
        make_staff(name="Eve", email="eve@example.com", roles=[], only_own_customers=False, by=sales)


def test_what_a_role_may_is_data():  # A86
    person = make.staff("sales")
    role = StaffRole.objects.get(key="sales")
    assert "access.decide_account_claims" in permissions_of(person)

    change_staff_role(role, name="Sales", permissions=["customers.view_customers"], by=make.STAFF)
    assert permissions_of(person) == {"customers.view_customers"}

    change_staff_role(role, name="Sales", permissions=None, by=make.STAFF)
    assert "access.decide_account_claims" in permissions_of(person)
    with pytest.raises(Refused):
        add_staff_role(name="Odd", permissions=["no.such"], by=make.STAFF)
