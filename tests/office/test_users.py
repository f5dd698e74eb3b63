import pytest
from django.urls import reverse

from claimdesk.access.actions.account_claims import deny_account_claim
from claimdesk.access.actions.memberships import change_roles
from claimdesk.access.models import Membership
from claimdesk.people.models import StaffRole, User
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make.staff())
    return client


def test_users_are_found_by_the_beginning_of_username_address_or_name(office):  # A72 A86
    ann = make.user(username="Ann.Berg", name="Öanna Berg", email="a.berg@firm.example")
    make.user(name="Somebody Else")

    for text in ("ann.b", "A.BERG@", "öanna"):
        page = office.get(reverse("office:users"), {"q": text}).content.decode()
        assert ann.email in page
        assert "Somebody Else" not in page


def test_a_user_page_tells_everything_of_a_person(office):  # A86 A78
    membership = make.membership(None, None, "manager")
    claim = make.account_claim(user=membership.user)

    page = office.get(reverse("office:user", args=[membership.user_id])).content.decode()

    for expected in (membership.user.email, membership.customer.name, "manager", claim.customer.name):
        assert expected in page


def test_a_denied_person_is_linked_by_hand_after_a_word_on_the_override(office):  # A47 A78
    claim = make.account_claim()
    deny_account_claim(claim, by=make.STAFF)
    address = reverse("office:user_membership_new", args=[claim.user_id])
    fields = {"customer": claim.customer.number, "roles": ["buyer"]}

    first = office.post(address, fields)
    assert first.status_code == 422
    assert "denied" in first.content.decode()
    assert not Membership.objects.exists()

    assert office.post(address, fields | {"override": "1"}).status_code == 303
    assert Membership.objects.get().roles == ["viewer", "buyer"]


def test_moving_shows_what_changes_before_it_is_done(office):  # A70
    membership, to = make.membership(), make.customer()
    address = reverse("office:user_move", args=[membership.user_id])
    fields = {"customer": to.number, "roles": ["buyer"]}

    first = office.post(address, fields)
    assert first.status_code == 422
    assert to.name in first.content.decode()
    assert Membership.objects.get().customer == membership.customer

    office.post(address, fields | {"seen": str(to.pk)})
    assert Membership.objects.get(state="active").customer == to


def test_a_web_customer_that_a_move_leaves_empty_is_offered_for_closing(office):  # A70 A79
    web, to = make.customer(origin="registration", name="Left Alone Ltd"), make.customer()
    membership = make.membership(None, web)
    fields = {"customer": to.number, "roles": ["buyer"], "seen": str(to.pk)}

    page = office.post(reverse("office:user_move", args=[membership.user_id]), fields, follow=True)

    content = page.content.decode()
    assert page.redirect_chain == [(reverse("office:customer", args=[web.pk]), 303)]
    assert "Nobody is left at Left Alone Ltd" in content
    assert f'href="{reverse("office:customer_status", args=[web.pk])}"' in content


def test_edit_user_has_customer_and_role(office):  # A78
    membership = make.membership(None, None, "buyer")

    page = office.get(reverse("office:user_edit", args=[membership.user_id])).content.decode()

    assert "Customer and Role" in page
    assert membership.customer.name in page
    assert "viewer, buyer" in page
    for deed in (
        reverse("office:user_membership_new", args=[membership.user_id]),
        reverse("office:membership_roles", args=[membership.pk]),
    ):
        assert f'href="{deed}"' in page


def test_roles_are_changed_and_access_is_taken_from_the_users_page(office):  # A86
    membership = make.membership(None, None, "buyer")

    office.post(reverse("office:membership_roles", args=[membership.pk]), {"roles": ["service", "manager"]})
    membership.refresh_from_db()
    assert membership.roles == ["viewer", "service", "manager"]

    office.post(reverse("office:membership_removal", args=[membership.pk]))
    membership.refresh_from_db()
    assert membership.state == "removed"


def test_staff_act_for_a_customer_in_the_portal_and_stop(office):  # A84
    customer = make.membership().customer

    office.post(reverse("office:acting_start", args=[customer.pk]), {"reason": "phone order"})
    page = office.get(reverse("portal:home")).content.decode()
    assert "acting for" in page
    assert customer.name in page
    assert office.get(reverse("portal:invitation_new")).status_code == 403

    office.post(reverse("portal:stop_acting"))
    assert office.get(reverse("portal:home")).status_code == 302


def test_a_user_and_a_person_of_staff_are_made(office):  # A86
    fields = {"name": "Ann", "email": "ann@example.com", "roles": []}
    assert office.post(reverse("office:user_new"), fields).status_code == 303

    sales = StaffRole.objects.get(key="sales")
    fields = {"name": "Sam", "email": "sam@example.com", "roles": [sales.pk]}
    assert office.post(reverse("office:staff_new"), fields).status_code == 303

    assert not User.objects.get(email="ann@example.com").is_staff
    assert User.objects.get(email="sam@example.com").roles.get() == sales


@pytest.mark.parametrize(
    "name", ["dashboard", "users", "user_new", "settings_staff", "staff_new", "staff_role_new"]
)
def test_every_page_opens(office, name):
    assert office.get(reverse(f"office:{name}")).status_code == 200


def test_the_list_stays_within_its_queries(office, django_assert_max_num_queries):
    for _n in range(30):
        make.membership()

    with django_assert_max_num_queries(12):
        assert office.get(reverse("office:users")).status_code == 200


def test_the_user_page_stays_within_its_queries(office, django_assert_max_num_queries):
    user = make.user()
    for _n in range(5):
        make.membership(user)

    with django_assert_max_num_queries(20):
        assert office.get(reverse("office:user", args=[user.pk])).status_code == 200


def test_staff_limited_to_own_customers_read_nothing_of_others_at_a_shared_user(client):  # A80
    person = make.staff("sales", only_own_customers=True)
    client.force_login(person)
    mine, other = make.customer(representative=person), make.customer(name="Secret Other Ltd")
    shared = make.membership(None, mine).user
    hidden = make.membership(shared, other)
    change_roles(hidden, roles=["buyer"], by=make.STAFF)

    page = client.get(reverse("office:user", args=[shared.pk])).content.decode()
    listed = client.get(reverse("office:users")).content.decode()

    assert mine.name in page
    assert mine.name in listed
    assert other.name not in page
    assert other.name not in listed
    move = client.get(reverse("office:user_move", args=[shared.pk]), {"membership": hidden.pk})
    assert move.status_code == 404


def test_absurd_keys_are_nobody_instead_of_an_error(office):  # A80
    user = make.membership().user

    move = office.get(reverse("office:user_move", args=[user.pk]), {"membership": "9" * 5000})
    in_hand = office.post(reverse("portal:account_in_hand"), {"customer": "9" * 30})
    answer = office.post(reverse("portal:account_claim_answer"), {"body": "x", "claim": "9" * 5000})
    contacts = office.get(reverse("office:contacts"), {"customer": "9" * 30})

    assert [move.status_code, in_hand.status_code, answer.status_code] == [404, 404, 404]
    assert contacts.status_code in (200, 422)


def test_what_signed_in_people_see_is_kept_by_no_browser_and_no_proxy(office):  # A80
    assert "no-store" in office.get(reverse("office:users"))["Cache-Control"]


def test_limited_staff_see_who_is_or_asks_to_be_at_their_customers_and_nobody_else(client):  # A53
    limited = make.staff("sales", only_own_customers=True)
    client.force_login(limited)
    mine = make.customer(representative=limited)
    member, asking = make.membership(None, mine), make.account_claim(customer=mine)
    gone = make.membership(None, mine, state="removed")
    foreign = make.membership()

    page = client.get(reverse("office:users")).content.decode()

    assert [u.email in page for u in (member.user, asking.user, gone.user, foreign.user)] == [
        True,
        True,
        False,
        False,
    ]
    explained = client.get(
        reverse("office:explain_access"), {"user": foreign.user.username, "customer": mine.number}
    )
    assert "Nobody has this username" in explained.content.decode()
