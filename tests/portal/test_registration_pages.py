import pytest
from django.test import Client

from claimdesk.access.models import Membership, Onboarding, Registration
from claimdesk.access.queries.registrations import code_of, token_of
from claimdesk.people.actions.attempts import REGISTER
from claimdesk.people.models import User
from tests import make
from tests.portal.answers import said

pytestmark = pytest.mark.django_db
WHO = {
    "name": "Erika Muster",
    "email": "erika@muster.example",
    "username": "erika",
    "password": make.PASSWORD,
}


def register(client: Client, **fields: str):
    return client.post("/register/", WHO | fields, follow=True)


def test_a_newcomer_registers_verifies_and_lands_in_onboarding_in_one_sitting(client):  # A1 A2 A13
    assert register(client).redirect_chain == [("/register/code/", 303)]
    registration = Registration.objects.get()

    response = client.post("/register/code/", {"code": code_of(registration)}, follow=True)

    assert [where for where, _ in response.redirect_chain] == ["/", "/onboarding/"]
    assert User.objects.get().username == "erika"


def test_blanks_in_a_code_do_not_matter(client):  # A13
    register(client)
    code = code_of(Registration.objects.get())

    response = client.post("/register/code/", {"code": f" {code[:3]} {code[3:]} "})

    assert response.status_code == 302


def test_a_wrong_code_is_said_and_can_be_tried_again(client):  # A13
    register(client)
    code = code_of(Registration.objects.get())
    wrong = "111111" if code != "111111" else "222222"

    response = client.post("/register/code/", {"code": wrong})

    assert response.status_code == 422
    assert "This code is not right." in response.content.decode()
    assert client.post("/register/code/", {"code": code}).status_code == 302


def test_the_link_is_not_used_up_by_a_get(client):  # A13
    register(client)
    address = f"/register/verify/{token_of(Registration.objects.get())}/"

    assert Client().get(address).status_code == 200
    assert client.get(address).status_code == 200

    assert not User.objects.exists()
    assert client.post(address).status_code == 302
    assert User.objects.get().is_verified


def test_in_another_browser_the_link_asks_for_the_password_that_was_chosen(client):  # A10 A13
    register(client)
    address = f"/register/verify/{token_of(Registration.objects.get())}/"
    elsewhere = Client()

    assert elsewhere.post(address).status_code == 422
    assert elsewhere.post(address, {"password": "a guess of mine"}).status_code == 422
    assert not User.objects.exists()

    assert elsewhere.post(address, {"password": make.PASSWORD}).status_code == 302
    assert "_auth_user_id" in elsewhere.session


def test_a_taken_and_a_free_address_are_answered_alike(client):  # A18
    make.user(email="owner@muster.example")

    answers = [
        register(Client(), email=email, username=username)
        for email, username in (("owner@muster.example", "one"), ("nobody@muster.example", "two"))
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert said(answers[0], "owner@muster.example") == said(answers[1], "nobody@muster.example")


def test_with_a_taken_address_no_code_opens_anything(client):  # A18
    owner = make.user(email="owner@muster.example")
    register(client, email=owner.email)
    code = code_of(Registration.objects.get())

    response = client.post("/register/code/", {"code": code})

    assert response.status_code == 422
    assert User.objects.count() == 1
    assert "_auth_user_id" not in client.session


def test_a_taken_username_is_said(client):  # A18
    make.user(username="Erika")

    response = register(client)

    assert response.status_code == 422
    assert "Somebody has this username already" in response.content.decode()


def test_switched_off_the_page_says_so_and_takes_nothing(client):  # A3 A19
    make.company(allow_registration=False)

    assert "cannot be done here" in client.get("/register/").content.decode()
    assert "cannot be done here" in register(client).content.decode()
    assert not Registration.objects.exists()


def test_a_new_code_can_be_sent(client):  # A13
    register(client)
    first = code_of(Registration.objects.get())

    response = client.post("/register/codes/", follow=True)

    assert "A new code is on its way" in response.content.decode()
    assert code_of(Registration.objects.get()) != first


def test_registrations_of_one_address_are_limited(client):  # A18
    for n in range(REGISTER.by_account.attempts):
        register(client, username=f"erika{n}")

    response = register(client, username="erika9")

    assert response.status_code == 422
    assert Registration.objects.count() == REGISTER.by_account.attempts


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "<script>alert(1)</script>"),
        ("name", "Erika\r\nBcc: victim@example.com"),
        ("name", "Erika\x00"),
        ("name", "Erika \u202e retsuM"),
        ("name", "Win at http://evil.example"),
        ("name", "E" * 121),
        ("email", "erika@muster.example\nBcc: a@b.example"),
        ("email", "erika@muster@example.com"),
        ("email", "no address"),
        ("username", "er\u0456ka"),
        ("username", "erika@muster.example"),
        ("username", "e" * 61),
        ("password", "short"),
        ("password", "erika muster"),
        ("password", "x" * 300),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_no_honest_person_types_is_refused_beside_its_field(client, field, value):  # A18
    response = register(client, **{field: value})

    assert response.status_code == 422
    assert response.context["form"].has_error(field)
    assert not Registration.objects.exists()


def test_a_name_of_ten_megabytes_is_refused(client):  # A18
    response = client.post("/register/", WHO | {"name": "E" * 10_000_000})

    assert response.status_code == 400
    assert not Registration.objects.exists()


def test_an_address_in_another_script_shows_what_it_is(client):  # A10
    response = register(client, email="erika@m\u00fcster.example")

    assert "erika@xn--mster-kva.example" in response.content.decode()


def test_a_user_made_by_staff_or_invited_never_sees_onboarding(client):  # A7
    client.force_login(make.user())

    response = client.get("/", follow=True)

    assert [where for where, _ in response.redirect_chain] == ["/waiting/"]
    assert not Onboarding.objects.exists()
    assert not Membership.objects.exists()
