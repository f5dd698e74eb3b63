"""Steps that journeys share: who signs in, what was mailed, what a newcomer types."""

import re

from playwright.sync_api import Page, expect

from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Customer
from tests import make
from tests.work import work_off

CODE = re.compile(r"\b\d{6}\b")


def known_customer(**fields) -> Customer:
    """A customer on file whom the matcher knows."""
    place = {"street": "Hafenstr. 12", "postcode": "20457", "town": "Hamburg", "country": "DE"}
    customer = make.customer(**({"number": "K-00123", "name": "Nordwind Werkzeuge GmbH"} | place | fields))
    reindex([customer.pk])
    return customer


def sign_in(page: Page, who: str, password: str = make.PASSWORD) -> None:
    """Sign in at the sign-in page."""
    page.goto("/sign-in/")
    page.get_by_label("E-mail or username").fill(who)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def sign_out(page: Page) -> None:
    """Sign out, wherever one is."""
    page.goto("/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def mailed(key: str) -> OutgoingMail:
    """Return the last mail of that kind, after the worker has done its work."""
    work_off()
    return OutgoingMail.objects.filter(key=key).latest("pk")


def fill_login(page: Page, *, name: str, username: str, email: str) -> None:
    """Fill in who one is and how one wants to sign in."""
    page.get_by_label("Full name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(make.PASSWORD)


def type_the_code(page: Page) -> None:
    """Type the code that came by mail."""
    code = CODE.search(mailed("verify_email").text)
    assert code
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Verify").click()


def create_account(page: Page, *, name: str, username: str, email: str) -> None:
    """Register by the link of the sign-in page, and verify."""
    page.goto("/sign-in/")
    page.get_by_role("link", name="Create an account").click()
    fill_login(page, name=name, username=username, email=email)
    page.get_by_role("button", name="Create account").click()
    type_the_code(page)


def tell_organization(page: Page, organization: str) -> None:
    """Go through onboarding."""
    page.get_by_label("Business").check()
    page.get_by_label("Organization name").fill(organization)
    page.get_by_label("Street").fill("Hafenstr. 12")
    page.get_by_label("Postcode").fill("20457")
    page.get_by_label("Town").fill("Hamburg")
    page.get_by_label("Country").select_option("DE")
    page.get_by_role("button", name="Continue").click()


def register(page: Page, *, name: str, username: str, email: str, organization: str) -> None:
    """Register, verify and go through onboarding."""
    create_account(page, name=name, username=username, email=email)
    tell_organization(page, organization)


def menu(page: Page, entry: str) -> None:
    """Choose an entry of the main menu, which may bear a count behind its name."""
    named = re.compile(rf"^{re.escape(entry)}\b")
    page.get_by_role("navigation", name="Main menu").get_by_role("link", name=named).click()


def table_headers(page: Page) -> list[str]:
    """Return the table's visible headers."""
    expect(page.get_by_role("columnheader").first).to_be_visible()
    return [text.strip() for text in page.get_by_role("columnheader").all_inner_texts()]
