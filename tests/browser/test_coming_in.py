"""A newcomer walks in, by each way there is: as the reference pages tell it, from the link to the page inside."""

import re

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from claimdesk.access.models import AccountClaim, Membership
from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.matching.writing import reindex
from claimdesk.customers.models import Customer
from tests import make
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def complaints(page: Page) -> list[str]:
    """What the browser complains of: scripts that fail, styles and scripts that the policy blocks."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 422" not in message.text:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


def mailed(key: str) -> OutgoingMail:
    """The last mail of that kind, after the worker has done its work."""
    work_off()
    return OutgoingMail.objects.filter(key=key).latest("pk")


def fill_login(page: Page, username: str, email: str) -> None:
    page.get_by_label("Full name").fill("Erika Muster")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(make.PASSWORD)


def type_the_code(page: Page) -> None:
    code = re.search(r"\b\d{6}\b", mailed("verify_email").text)
    assert code
    page.get_by_label("Code").fill(code[0])
    page.get_by_role("button", name="Verify").click()


def fill_organization(page: Page, name: str) -> None:
    page.get_by_label("Organization name").fill(name)
    page.get_by_label("Street").fill("Hafenstr. 12")
    page.get_by_label("Postcode").fill("20457")
    page.get_by_label("Town").fill("Hamburg")
    page.get_by_label("Country").select_option("DE")


def nordwind() -> Customer:
    customer = make.customer(
        number="K-00123", name="Nordwind Werkzeuge GmbH", postcode="20457", town="Hamburg", country="DE"
    )
    make.invoice_proof(customer, "RE-0815")
    reindex([customer.pk])
    return customer


def test_a_newcomer_of_a_known_company_ends_with_a_pending_claim(page: Page):  # A2 A5 A11 A13 A56
    customer = nordwind()
    page.goto("/sign-in/")
    page.get_by_role("link", name="Create an account").click()
    fill_login(page, "erika", "erika@else.example")
    page.get_by_role("button", name="Create account").click()
    type_the_code(page)
    fill_organization(page, "Nordwind Werkzeuge")

    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_text("We are checking your request")).to_be_visible()
    assert AccountClaim.objects.get().customer == customer


def test_a_newcomer_of_a_new_company_can_order_at_once_where_the_seller_has_it_so(page: Page):  # A6 A13 A14
    make.company(new_account_status="active", signed_in_after_creation=True)
    page.goto("/register/")
    fill_login(page, "erika", "erika@else.example")
    page.get_by_role("button", name="Create account").click()
    type_the_code(page)
    fill_organization(page, "Muster Maschinen GmbH")

    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    assert Customer.objects.get().name == "Muster Maschinen GmbH"


def test_the_link_in_the_mail_does_what_the_code_does(page: Page):  # A13
    page.goto("/register/")
    fill_login(page, "erika", "erika@else.example")
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_label("Code")).to_be_visible()

    link = re.search(r"/register/verify/\S+", mailed("verify_email").text)
    page.goto(link[0])
    page.get_by_role("button", name="Verify").click()

    expect(page.get_by_role("heading", name="Your organization")).to_be_visible()


def test_a_colleague_proves_an_existing_account_and_is_inside(page: Page):  # A11 A20 A21 A24
    customer = nordwind()
    page.goto("/sign-in/")
    page.get_by_role("link", name="Create a new contact for your account").click()
    page.get_by_label("Account number").fill("k00123")
    page.get_by_label("Billing zip").fill("20457")
    page.get_by_label("Invoice number").fill("RE 0815")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Nordwind Werkzeuge GmbH")).to_be_visible()
    fill_login(page, "erika", "erika@else.example")
    page.get_by_role("button", name="Create login").click()

    type_the_code(page)

    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    assert Membership.objects.get().customer == customer
    assert mailed("contact_added").to == customer.email


def test_onboarding_is_left_and_taken_up_again(page: Page):  # A2
    onboarding = make.onboarding(organization="")
    sign_in_by_keys(page, onboarding.user.username)
    fill_organization(page, "Nordwind Werkzeuge")
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()

    page.goto("/sign-out/")
    page.get_by_role("button", name="Sign out").click()
    sign_in_by_keys(page, onboarding.user.username)

    expect(page.get_by_label("Organization name")).to_have_value("Nordwind Werkzeuge")
    expect(page.get_by_label("Town")).to_have_value("Hamburg")


def sign_in_by_keys(page: Page, username: str) -> None:
    """Sign in with the keyboard alone."""
    page.goto("/sign-in/")
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(make.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def test_an_individual_is_not_asked_for_an_organization(page: Page):  # A2
    onboarding = make.onboarding(organization="")
    sign_in_by_keys(page, onboarding.user.username)

    page.get_by_label("Individual").check()

    expect(page.get_by_label("Organization name")).to_be_hidden()
    expect(page.get_by_label("Street")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize(
    "address", ["/sign-in/", "/register/", "/connect/", "/password-reset/", "/set-password/1-x/"]
)
def test_no_page_of_the_way_in_is_wider_than_the_screen(
    page: Page, address: str, width: int, complaints
):  # A11
    page.set_viewport_size({"width": width, "height": 740})

    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    complaints[:] = [complaint for complaint in complaints if "status of 404" not in complaint]
