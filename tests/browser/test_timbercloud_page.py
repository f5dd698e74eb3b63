"""Customer claims, as the first reference page tells of them, from registering to troubleshooting."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from claimdesk.access.models import AccountClaim, Membership
from claimdesk.people.models import User
from tests import make
from tests.browser.walking import known_customer, mailed, menu, register, sign_in, table_headers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ERIKA = {"name": "Erika Muster", "username": "erika", "email": "erika@else.example"}


@pytest.fixture
def customer():
    """The customer on file that the newcomer means."""
    make.company(name="Northwind", email="desk@northwind.example")
    make.staff(username="ada", name="Ada Admin")
    return known_customer()


@pytest.fixture
def applicant(customer, page: Page) -> Page:
    """The tab of a newcomer who has registered and waits."""
    register(page, organization="Nordwind Werkzeuge", **ERIKA)
    expect(page.get_by_text("We are checking your request")).to_be_visible()
    return page


@pytest.fixture
def office(customer, browser: Browser, browser_context_args: dict, base_url: str):
    """Another browser, in which staff are signed in."""
    context: BrowserContext = browser.new_context(**browser_context_args)
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    sign_in(tab, "ada")
    yield tab
    context.close()


def view(office: Page) -> None:
    """Open the newcomer's claim by its View."""
    office.goto("/office/")
    menu(office, "Claims")
    office.get_by_role("main").get_by_role("row", name="erika").get_by_role("link", name="View").click()


def dialog(office: Page):
    """Return the open dialog."""
    return office.get_by_role("dialog")


def test_a_claim_is_listed_viewed_and_approved_and_the_user_is_inside(
    applicant: Page, office: Page
):  # A41 A42 A43 A44
    office.goto("/office/")
    menu(office, "Claims")
    headers = table_headers(office)
    for column in ("Username / Email", "Full name", "Organization", "Status", "Actions"):
        assert any(header.startswith(column) for header in headers), (column, headers)
    row = office.get_by_role("main").get_by_role("row", name="erika")
    for words in ("erika@else.example", "Erika Muster", "Nordwind Werkzeuge GmbH", "Pending"):
        expect(row).to_contain_text(words)

    row.get_by_role("link", name="View").click()
    for words in ("Erika Muster", "erika@else.example", "Nordwind Werkzeuge GmbH"):
        expect(dialog(office)).to_contain_text(words)
    dialog(office).get_by_role("button", name=re.compile("^Approve")).click()

    expect(office.get_by_role("main").get_by_role("row", name="erika")).to_contain_text("Approved")
    applicant.goto("/")
    expect(applicant.get_by_role("heading", name="Home")).to_be_visible()
    applicant.goto("/customer/")
    expect(applicant.get_by_text("Nordwind Werkzeuge GmbH").first).to_be_visible()
    assert mailed("account_claim_approved").to == "erika@else.example"
    assert Membership.objects.get().roles == ["viewer", "buyer", "service"]


def test_a_denied_user_stays_active_without_customer_and_no_claim_comes_again(
    applicant: Page, office: Page, browser: Browser, browser_context_args: dict, base_url: str
):  # A45 A47 A48
    view(office)
    dialog(office).get_by_label("Words to the applicant").fill("Please ask your head office.")
    dialog(office).get_by_role("button", name=re.compile("^Deny")).last.click()
    expect(office.get_by_role("main").get_by_role("row", name="erika")).to_contain_text("Denied")

    applicant.goto("/")

    expect(applicant.get_by_role("heading", name="Your request was denied")).to_be_visible()
    expect(applicant.get_by_text("Please ask your head office.")).to_be_visible()
    expect(applicant.get_by_role("link", name="desk@northwind.example")).to_be_visible()
    assert mailed("account_claim_denied").to == "erika@else.example"
    assert User.objects.get(username="erika").is_active
    again = browser.new_context(**browser_context_args)
    tab = again.new_page()
    twin = {"name": "Erika Muster", "username": "erika2", "email": "erika+again@else.example"}
    register(tab, organization="NORDWIND-Werkzeuge", **twin)
    tab.wait_for_url("**/waiting/")
    again.close()
    assert AccountClaim.objects.count() == 1


def test_staff_give_a_wrongly_denied_user_the_customer_by_hand(applicant: Page, office: Page):  # A47 A78
    view(office)
    dialog(office).get_by_role("button", name=re.compile("^Deny")).last.click()
    expect(office.get_by_role("main").get_by_role("row", name="erika")).to_contain_text("Denied")

    menu(office, "User management")
    office.get_by_role("searchbox", name="Search", exact=True).fill("erika")
    office.get_by_role("main").get_by_role("row", name="erika").get_by_role(
        "link", name="Erika Muster"
    ).click()
    office.get_by_role("link", name="Give access").click()
    dialog(office).get_by_label("Customer", exact=True).fill("K-00123")
    dialog(office).get_by_role("button", name="Save").click()
    dialog(office).get_by_role("button", name="Give access all the same").click()
    expect(dialog(office)).to_have_count(0)

    expect(office.get_by_role("link", name="Nordwind Werkzeuge GmbH").first).to_be_visible()
    applicant.goto("/")
    expect(applicant.get_by_role("heading", name="Home")).to_be_visible()


def switch_auto_approval_on(office: Page, evidence: str) -> None:
    """Switch Auto Approve Users on under Settings › Company › User Registration."""
    office.goto("/office/")
    menu(office, "Company")
    expect(office.get_by_label("Allow User Registration")).to_be_checked()
    expect(office.get_by_role("heading", name="When to decide yourself")).to_be_visible()
    expect(office.get_by_role("heading", name="When to approve automatically")).to_be_visible()
    office.get_by_label("Auto Approve Users").check()
    office.get_by_label(evidence).check()
    office.get_by_role("button", name="Save").click()
    office.get_by_role("button", name="Switch on").click()
    expect(office.get_by_label("Auto Approve Users")).to_be_checked()


@pytest.mark.parametrize("evidence", ["Verified contact", "Verified domain", "Name alone"])
def test_with_auto_approval_the_evidence_lets_in_without_a_claim(
    customer, office: Page, page: Page, evidence: str
):  # A4 A9
    switch_auto_approval_on(office, evidence)
    email = "erika@else.example"
    if evidence == "Verified contact":
        make.contact(customer, email=email)
    if evidence == "Verified domain":
        make.domain(customer, "else.example")
    known_customer(number="K-9", name="Ganz Anders AG", town="Kiel", postcode="24103", street="Kai 1")

    register(page, organization="Nordwind Werkzeuge", name="Erika Muster", username="erika", email=email)

    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    assert Membership.objects.get().customer == customer
    assert not AccountClaim.objects.exists()


@pytest.mark.parametrize("evidence", ["Verified contact", "Verified domain"])
def test_what_falls_short_of_the_evidence_becomes_a_claim(
    customer, office: Page, page: Page, evidence: str
):  # A9
    switch_auto_approval_on(office, evidence)

    register(page, organization="Nordwind Werkzeuge", **ERIKA)

    expect(page.get_by_text("We are checking your request")).to_be_visible()
    assert AccountClaim.objects.get().customer == customer


def test_registration_is_closed_by_its_switch(office: Page, page: Page):  # A3
    office.goto("/office/settings/company/")
    office.get_by_label("Allow User Registration").uncheck()
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_label("Allow User Registration")).not_to_be_checked()

    page.goto("/sign-in/")

    expect(page.get_by_role("link", name="Create an account")).to_have_count(0)
    page.goto("/register/")
    expect(page.get_by_label("Username")).to_have_count(0)


def explain(office: Page, user: str, customer: str) -> None:
    """Ask why, from the user's page in User management."""
    office.goto("/office/")
    menu(office, "User management")
    office.get_by_role("row", name=user).get_by_role("link").first.click()
    office.get_by_role("link", name="Explain access").click()
    expect(office.get_by_label("Username or e-mail")).to_have_value(user)
    office.get_by_label("Customer number or name").fill(customer)
    office.get_by_role("button", name="Explain").click()


def test_explain_access_says_that_a_claim_waits_and_later_that_it_was_denied(
    applicant: Page, office: Page
):  # A51
    explain(office, "erika", "K-00123")
    expect(
        office.get_by_role("heading", name="No: Erika Muster cannot see Nordwind Werkzeuge GmbH.")
    ).to_be_visible()
    expect(office.get_by_role("link", name=re.compile("View.*Pending"))).to_be_visible()

    office.get_by_role("link", name=re.compile("View.*Pending")).click()
    dialog(office).get_by_role("button", name=re.compile("^Deny")).last.click()
    expect(office.locator("#messages")).to_contain_text("Denied")
    explain(office, "erika", "Nordwind")

    expect(office.get_by_role("link", name=re.compile("View.*Denied"))).to_be_visible()


def test_explain_access_says_why_there_is_no_claim(customer, office: Page, page: Page):  # A51 A6 A7
    register(page, organization="Ganz Anders AG", **ERIKA)
    make.membership(make.user(username="hand", name="Hanna Hand"), customer)

    explain(office, "erika", "K-00123")
    expect(office.get_by_role("heading", name="How it came to be so")).to_be_visible()
    expect(office.get_by_role("main")).to_contain_text("matched no customer")
    explain(office, "hand", "K-00123")

    expect(
        office.get_by_role("heading", name="Yes: Hanna Hand can see Nordwind Werkzeuge GmbH.")
    ).to_be_visible()
    expect(office.get_by_role("main")).to_contain_text("by staff")


def test_a_list_that_stands_open_shows_what_was_decided_elsewhere(applicant: Page, office: Page):  # A50
    office.goto("/office/account-claims/")
    expect(office.get_by_role("main").get_by_role("row", name="erika")).to_contain_text("Pending")
    other = office.context.new_page()
    view(other)
    dialog(other).get_by_role("button", name=re.compile("^Approve")).click()
    expect(other.get_by_role("main").get_by_role("row", name="erika")).to_contain_text("Approved")

    expect(office.get_by_role("main").get_by_role("row", name="erika")).to_contain_text("Approved")
    other.close()


def test_staff_ask_the_applicant_answers_and_the_decision_is_undone(applicant: Page, office: Page):  # A46 A55
    view(office)
    dialog(office).get_by_text("Ask for information").click()
    dialog(office).get_by_label("Question to the applicant").fill("Who is your boss?")
    dialog(office).get_by_role("button", name="Send question").click()
    expect(office.get_by_role("main").get_by_role("row", name="erika")).to_contain_text("Pending")
    assert mailed("account_claim_question").to == "erika@else.example"
    applicant.goto("/waiting/")
    expect(applicant.get_by_text("Who is your boss?")).to_be_visible()
    applicant.get_by_label("Your answer").fill("Frau Nord.")
    applicant.get_by_role("button", name="Send answer").click()
    expect(applicant.get_by_text("Frau Nord.")).to_be_visible()
    view(office)
    expect(dialog(office)).to_contain_text("Frau Nord.")
    dialog(office).get_by_role("button", name=re.compile("^Approve")).click()
    expect(dialog(office)).to_have_count(0)
    applicant.goto("/")
    expect(applicant.get_by_role("heading", name="Home")).to_be_visible()

    office.get_by_role("button", name="Undo").first.click()

    expect(office.get_by_role("main").get_by_role("row", name="erika")).to_contain_text("Pending")
    applicant.goto("/")
    expect(applicant.get_by_text("We are checking your request")).to_be_visible()
    assert mailed("account_claim_undone").to == "erika@else.example"
