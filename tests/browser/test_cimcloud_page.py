"""New account and contact creation, as the third reference page tells it, for visitors and for administrators."""

import pytest
from playwright.sync_api import Browser, Page, expect

from claimdesk.access.models import Membership
from claimdesk.customers.models import Customer
from tests import make
from tests.browser.walking import fill_login, known_customer, mailed, menu, register, sign_in, type_the_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ERIKA = {"name": "Erika Muster", "username": "erika", "email": "erika@muster.example"}
WAYS = ("Create an account", "Create a new contact for your account")


@pytest.fixture
def seller():
    """The seller, and one administrator."""
    make.staff(username="ada", name="Ada Admin")
    return make.company(name="Northwind")


@pytest.fixture
def office(seller, browser: Browser, browser_context_args: dict):
    """Another browser, in which the administrator is signed in."""
    context = browser.new_context(**browser_context_args)
    tab = context.new_page()
    tab.set_default_timeout(10_000)
    sign_in(tab, "ada")
    yield tab
    context.close()


def customer_data(office: Page) -> None:
    """Open Settings › Company › Customer Data."""
    office.goto("/office/")
    menu(office, "Company")
    office.get_by_role("link", name="Customer Data").click()


def choose_workflow(office: Page, name: str) -> None:
    """Choose a workflow in the settings."""
    customer_data(office)
    office.get_by_role("radio", name=name).check()
    office.get_by_role("button", name="Use this workflow").click()
    expect(office.get_by_role("radio", name=name)).to_be_checked()


def test_each_link_beside_sign_in_is_switched_alone_and_has_words(office: Page, page: Page):  # A11 A12
    page.goto("/sign-in/")
    for way in WAYS:
        expect(page.get_by_role("link", name=way)).to_be_visible()
    customer_data(office)
    office.get_by_label("Allow visitors to create a new account").uncheck()
    office.get_by_label("Words beside “Create a new contact for your account”").fill("Your firm buys here?")
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_text("Saved.")).to_be_visible()

    page.reload()

    expect(page.get_by_role("link", name=WAYS[0])).to_have_count(0)
    expect(page.get_by_role("link", name=WAYS[1])).to_be_visible()
    expect(page.get_by_text("Your firm buys here?")).to_be_visible()


def test_three_facts_open_a_page_with_name_and_town_and_a_login(seller, page: Page):  # A20 A21 A24
    customer = known_customer(phone="+49 40 555")
    make.invoice_proof(customer, "RE-0815")
    page.goto("/sign-in/")
    page.get_by_role("link", name="Create a new contact for your account").click()
    page.get_by_label("Account number").fill("K-00123")
    page.get_by_label("Billing zip").fill("20457")
    page.get_by_label("Invoice number").fill("RE-0816")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Invoice number").fill("RE-0815")
    page.get_by_role("button", name="Continue").click()

    expect(page.get_by_text("Nordwind Werkzeuge GmbH")).to_be_visible()
    expect(page.get_by_text("Hamburg")).to_be_visible()
    for secret in ("Hafenstr", "20457", "+49 40 555", customer.email):
        expect(page.get_by_role("main")).not_to_contain_text(secret)
    fill_login(page, **ERIKA)
    page.get_by_role("button", name="Create login").click()
    type_the_code(page)
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    assert Membership.objects.get().customer == customer


def test_defaults_of_new_accounts_are_set_and_kept(office: Page, page: Page):  # A15 A16
    choose_workflow(office, "Standard")
    office.get_by_label("Payment terms").fill("30 days net")
    office.get_by_label("Price group").fill("Web")
    office.get_by_label("Representative").select_option(label="Ada Admin")
    expect(office.get_by_label("Letters before web account numbers")).to_have_value("W")
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_text("Saved.")).to_be_visible()

    register(page, organization="Muster Maschinen GmbH", **ERIKA)

    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    made = Customer.objects.get()
    assert (made.terms, made.price_group, made.representative.name) == ("30 days net", "Web", "Ada Admin")
    assert made.number.startswith("W")
    assert made.state == "active"


def test_web_approval_from_the_request_mail_to_the_enabled_account(
    office: Page, page: Page
):  # A14 A17 A69 A71 A72 A78
    choose_workflow(office, "The account waits until you enable it. It goes")
    menu(office, "System emails")
    office.get_by_role("link", name="New account request confirmation").click()
    office.get_by_label("cc", exact=True).fill("sales@northwind.example")
    office.get_by_role("button", name="Save").last.click()
    expect(office.get_by_label("cc", exact=True)).to_have_value("sales@northwind.example")
    register(page, organization="Muster Maschinen GmbH", **ERIKA)
    expect(page.get_by_role("heading", name="Home")).to_have_count(0)
    mail = mailed("new_account_request_confirmation")
    assert (mail.to, mail.cc) == ("erika@muster.example", ["sales@northwind.example"])
    assert "erika" in mail.text

    office.goto("/office/")
    menu(office, "Contacts")
    office.get_by_role("searchbox", name="Search", exact=True).fill("erika")
    row = office.get_by_role("row", name="erika")
    expect(row).to_contain_text("Enabled")
    row.get_by_role("link", name="Muster Maschinen GmbH").click()
    office.get_by_role("link", name="Edit account").click()
    expect(office.get_by_label("Enabled")).not_to_be_checked()
    office.get_by_label("Enabled").check()
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_text("Saved.")).to_be_visible()

    sign_in(page, "erika")
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    assert Customer.objects.get().state == "active"
    assert mailed("login_details").to == "erika@muster.example"


def test_in_the_manual_workflow_the_contact_is_mapped_to_the_customer_of_the_erp(
    office: Page, page: Page
):  # A70 A71
    choose_workflow(office, "Web approval, customer made in the ERP by hand")
    register(page, organization="Muster Maschinen GmbH", **ERIKA)
    mailed("new_account_request_confirmation")
    synced = make.customer(number="E-4711", name="Muster Maschinen GmbH (ERP)")

    office.goto("/office/")
    menu(office, "Contacts")
    office.get_by_role("row", name="erika").get_by_role("link", name="erika", exact=True).click()
    office.get_by_role("link", name="Mapped account: move to another customer").click()
    office.get_by_label("Mapped account").fill("E-4711")
    office.get_by_role("button", name="Show what changes").click()
    expect(office.get_by_role("heading", name="What changes")).to_be_visible()
    office.get_by_role("button", name="Move", exact=True).click()
    expect(office.get_by_role("link", name="Muster Maschinen GmbH (ERP)").first).to_be_visible()

    sign_in(page, "erika")
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    assert Membership.objects.get(state="active").customer == synced


def test_the_automatic_workflow_waits_for_staff(office: Page, page: Page):  # A71
    choose_workflow(office, "Web approval with automatic sync")

    register(page, organization="Muster Maschinen GmbH", **ERIKA)

    expect(page.get_by_role("heading", name="Home")).to_have_count(0)
    assert Customer.objects.get().state == "new"


def test_only_administrators_change_these_settings(seller, page: Page):  # A73
    make.staff("sales", username="sally", name="Sally Sales")
    sign_in(page, "sally")
    page.goto("/office/")
    expect(
        page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Company")
    ).to_have_count(0)

    answer = page.goto("/office/settings/company/customer-data/")

    assert answer.status == 403
