"""A passkey from the first to the last, with a device that the browser plays."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from claimdesk.people.models import User
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(page: Page) -> None:
    """A device that knows its owner and keeps passkeys."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def person() -> User:
    return make.membership().user


def give_password(page: Page, person: User) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail or username").fill(person.username)
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: not url.endswith("/sign-in/"))


def sign_out(page: Page) -> None:
    page.goto("/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def add_passkey(page: Page, *, alone: bool = True) -> None:
    page.goto("/account/passkeys/new/")
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("my phone")
    page.get_by_label("Sign in with it alone").set_checked(alone)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_passkey_signs_in_without_password(page: Page, phone: None, person: User):  # A81
    give_password(page, person)
    add_passkey(page)
    sign_out(page)

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="Home")).to_be_visible()


def test_a_passkey_serves_as_second_factor(page: Page, phone: None, person: User):  # A81
    give_password(page, person)
    add_passkey(page, alone=False)
    sign_out(page)
    give_password(page, person)
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="Home")).to_be_visible()


def test_a_passkey_that_was_removed_opens_nothing(page: Page, phone: None, person: User):  # A81
    give_password(page, person)
    add_passkey(page)
    page.goto("/account/second-factor/")
    expect(page.get_by_text("my phone")).to_be_visible()
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Sign in with your finger")).to_be_visible()
    sign_out(page)

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_text("This is not right. Please try again.")).to_be_visible()
    assert not Authenticator.objects.exists()
