import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claimdesk.ledger.models import Event
from claimdesk.people.actions.attempts import SIGN_IN
from tests import make
from tests.portal.answers import said
from tests.portal.hashing import CountingHasher

pytestmark = pytest.mark.django_db


def sign_in(client: Client, login: str, password: str = make.PASSWORD, **more):
    return client.post("/sign-in/", {"login": login, "password": password}, **more)


def test_one_signs_in_with_the_address_or_the_username_in_any_case(client):  # A81
    make.membership(make.user(username="Erika", email="erika@example.com"))

    for login in ("erika", "ERIKA", "erika@example.com", "Erika@EXAMPLE.com"):
        assert sign_in(client, login).headers["Location"] == "/"
        client.post(reverse("account_logout"))


def test_staff_land_in_the_office_and_a_page_asked_for_comes_first(client):  # A81
    person = make.staff()

    assert sign_in(client, person.username).headers["Location"] == "/office/"
    client.post(reverse("account_logout"))
    response = client.post(
        "/sign-in/?next=/account/", {"login": person.username, "password": make.PASSWORD, "next": "/account/"}
    )
    assert response.headers["Location"] == "/account/"


def test_one_is_never_led_to_a_stranger_after_signing_in(client):  # A81
    person = make.user()

    response = client.post(
        "/sign-in/", {"login": person.username, "password": make.PASSWORD, "next": "https://evil.example/"}
    )

    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("login", ["{username}", "{email}"])
def test_a_wrong_password_and_an_unknown_person_are_answered_alike(client, login):  # A18
    known = make.user()
    login = login.format(username=known.username, email=known.email)
    stranger = login.replace("user", "nobody")

    answers = [sign_in(client, who, "not the password") for who in (login, stranger)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert said(answers[0]) == said(answers[1])


def test_a_known_and_an_unknown_person_cost_the_same_work(client, settings):  # A18
    settings.PASSWORD_HASHERS = ["tests.portal.hashing.CountingHasher"]
    known, work = make.user(), []

    for login in (known.username, known.email, "nobody", "nobody@example.com"):
        CountingHasher.worked = 0
        sign_in(client, login, "not the password")
        work.append(CountingHasher.worked)

    assert work == [1, 1, 1, 1]


def test_failed_sign_ins_lock_the_account_even_for_the_right_password(client):  # A18 A22
    person = make.user()
    for _ in range(SIGN_IN.by_account.attempts):
        sign_in(client, person.username, "not the password")

    response = sign_in(client, person.username)

    assert response.status_code == 422
    assert "Too many attempts" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert Event.objects.filter(kind="attempts.locked").count() == 1


def test_the_address_and_the_username_of_a_person_share_one_counter(client):  # A81 A22
    person = make.user()
    for attempt in range(SIGN_IN.by_account.attempts):
        login = (person.username, person.email.upper())[attempt % 2]
        assert "Too many attempts" not in sign_in(client, login, "not the password").content.decode()

    for login in (person.username, person.email):
        assert "Too many attempts" in sign_in(client, login).content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_locks_another_by_typing_the_name_of_his_counter(client):  # A22
    person = make.user()
    for _ in range(SIGN_IN.by_account.attempts):
        sign_in(client, f"user:{person.pk}", "not the password")

    assert sign_in(client, person.username).status_code == 302


def test_what_succeeds_is_given_back_by_either_name(client):  # A22
    person = make.user()
    for attempt in range(SIGN_IN.by_account.attempts + 1):
        answer = sign_in(client, (person.username, person.email)[attempt % 2])
        assert answer.status_code == 302
        client.post(reverse("account_logout"))


@pytest.mark.parametrize("kind", ["username", "email"])
def test_counting_costs_a_known_and_an_unknown_person_as_many_queries(client, kind):  # A18
    person, counts = make.user(), []
    stranger = {"username": "nobody", "email": "nobody@example.com"}[kind]
    sign_in(client, "somebody", "not the password")  # the counters of the address and of all are there now

    for login in (getattr(person, kind), stranger):
        with CaptureQueriesContext(connection) as queries:
            sign_in(client, login, "not the password")
        counts.append(len([query for query in queries if "INTO" not in query["sql"]]))

    assert counts[0] == counts[1]


def test_a_lock_is_said_alike_of_unknown_people(client):  # A18 A22
    for _ in range(SIGN_IN.by_account.attempts):
        sign_in(client, "nobody", "not the password")

    assert "Too many attempts" in sign_in(client, "nobody", "not the password").content.decode()


def test_a_disabled_person_is_told_so_only_with_the_right_password(client):  # A80
    person = make.user(is_active=False)

    wrong, right = sign_in(client, person.username, "wrong"), sign_in(client, person.username)

    assert wrong.status_code == 422
    assert right.headers["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_signing_out_takes_a_post(client):  # A81
    client.force_login(make.user())

    assert client.get("/sign-out/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/sign-out/")
    assert "_auth_user_id" not in client.session


def test_signing_in_is_kept_in_the_ledger(client):  # A81
    person = make.user()

    sign_in(client, person.username)

    assert Event.objects.filter(kind="user.signed_in", user_id=person.pk).count() == 1


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        ({}, {"Create an account", "Create a new contact for your account"}),
        ({"allow_new_account": False}, {"Create a new contact for your account"}),
        ({"allow_new_user_for_account": False}, {"Create an account"}),
        ({"allow_registration": False}, set()),
    ],
)
def test_the_two_links_are_switched_on_and_off_alone(client, settings, shown):  # A11 A19 A3
    make.company(**settings)

    page = client.get("/sign-in/").content.decode()

    labels = {"Create an account", "Create a new contact for your account"}
    assert {label for label in labels if f">{label}</a>" in page} == shown


def test_the_wording_beside_the_links_is_the_sellers(client):  # A12
    make.company(new_account_words="New here?", new_user_words="Your company buys from us already?")

    page = client.get("/sign-in/").content.decode()

    assert "New here?" in page
    assert "Your company buys from us already?" in page


def test_allauth_opens_no_sign_up_of_its_own(client):  # A3 A19
    for address in ("/accounts/signup/", "/signup/", "/sign-in/signup/", "/account/signup/"):
        assert client.get(address).status_code == 404


def test_who_must_set_a_new_password_comes_no_further_before_he_did(client):  # A86
    person = make.membership(make.user(must_change_password=True)).user
    client.force_login(person)

    assert client.get("/").headers["Location"] == reverse("portal:password")
    response = client.post(
        reverse("portal:password"), {"password": make.PASSWORD, "new_password": "another horse battery"}
    )

    assert response.status_code == 303
    assert client.get("/").status_code == 200


def test_staff_who_need_a_second_factor_set_it_up_first(client):  # A81
    make.company(staff_need_second_factor=True)
    client.force_login(make.staff())

    assert client.get("/account/").headers["Location"] == reverse("mfa_activate_totp")


def test_a_customers_person_needs_no_second_factor(client):  # A81
    make.company(staff_need_second_factor=True)
    client.force_login(make.membership().user)

    assert client.get("/account/").status_code == 200
