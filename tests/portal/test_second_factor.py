import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from claimdesk.access.actions.password_links import write_password_link
from claimdesk.access.queries.password_links import token_of
from claimdesk.ledger.models import Event
from claimdesk.people.actions.attempts import SECOND_FACTOR
from claimdesk.people.models import User
from tests import make

pytestmark = pytest.mark.django_db


def totp(secret: str, *, later: int = 0) -> str:
    """The code that an app shows, `later` half-minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def password_given(person: User) -> Client:
    browser = Client()
    browser.post("/sign-in/", {"login": person.username, "password": make.PASSWORD})
    return browser


def set_up(browser: Client) -> str:
    browser.post("/account/confirm/?next=/account/second-factor/new/", {"password": make.PASSWORD})
    secret = browser.get("/account/second-factor/new/").context["form"].secret
    response = browser.post("/account/second-factor/new/", {"code": totp(secret)})
    assert response.status_code == 302
    return secret


@pytest.fixture
def person() -> User:
    return make.membership().user


def test_setting_up_asks_for_the_password_first(person):  # A81
    browser = password_given(person)

    response = browser.get("/account/second-factor/new/")

    assert response.headers["Location"].startswith("/account/confirm/")


def test_with_a_second_factor_the_password_alone_opens_nothing(person):  # A81
    secret = set_up(password_given(person))
    browser = password_given(person)
    assert "_auth_user_id" not in browser.session
    assert browser.get("/account/").status_code == 302

    wrong = browser.post("/sign-in/second-factor/", {"code": "000000"})
    right = browser.post("/sign-in/second-factor/", {"code": totp(secret, later=1)})

    assert wrong.status_code == 422
    assert right.status_code == 302
    assert browser.get("/account/").status_code == 200


def test_a_recovery_code_opens_once(person):  # A81
    browser = password_given(person)
    set_up(browser)
    code = browser.get("/account/recovery-codes/").context["unused_codes"][0]

    first, second = password_given(person), password_given(person)
    answers = [b.post("/sign-in/second-factor/", {"code": code}).status_code for b in (first, second)]

    assert answers == [302, 422]


def test_guesses_at_the_code_are_limited(person):  # A81 A22
    secret = set_up(password_given(person))
    browser = password_given(person)
    for _ in range(SECOND_FACTOR.by_account.attempts):
        browser.post("/sign-in/second-factor/", {"code": "000000"})

    response = browser.post("/sign-in/second-factor/", {"code": totp(secret, later=1)})

    assert response.status_code == 422
    assert "Too many attempts" in response.content.decode()


def test_the_key_is_kept_encrypted(person):  # A81
    secret = set_up(password_given(person))

    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data

    assert secret not in str(kept)


@pytest.mark.django_db(transaction=True)
def test_what_happens_to_second_factors_is_kept_and_so_told(person):  # A81
    browser = password_given(person)
    set_up(browser)

    browser.post("/account/second-factor/removal/")

    told = Event.objects.filter(kind="user.second_factor_changed").values_list("data__factor", "data__change")
    assert set(told) == {
        ("totp", "added"),
        ("recovery_codes", "added"),
        ("totp", "removed"),
        ("recovery_codes", "removed"),
    }
    assert not Authenticator.objects.exists()


def test_a_second_factor_is_asked_after_a_set_password_link_too(person):  # A62 A81
    set_up(password_given(person))
    link = write_password_link(person, purpose="reset")
    browser = Client()

    response = browser.post(f"/set-password/{token_of(link)}/", {"password": "another horse battery"})

    assert response.headers["Location"] == "/sign-in/second-factor/"
    assert "_auth_user_id" not in browser.session
