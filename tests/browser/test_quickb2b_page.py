"""Approve a new customer, as the second reference page tells it, from the counter to Inactive."""

import re

import pytest
from playwright.sync_api import Page, expect

from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.models import Customer, DuplicatePair
from tests import make
from tests.browser.walking import known_customer, mailed, menu, sign_in, sign_out
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW_PASSWORD = "a battery of horses"


@pytest.fixture
def office(page: Page) -> Page:
    """The office, with an administrator signed in."""
    make.company(name="Northwind")
    make.staff(username="ada", name="Ada Admin")
    sign_in(page, "ada")
    return page


def status_control(office: Page, customer: Customer, status: str):
    """Return the customer's status in the list, which is the control."""
    return office.get_by_role("link", name=f"{status}: change the status of {customer.name}")


def change_status(office: Page, customer: Customer, status: str, button: str) -> None:
    """Click on the status, and answer what the dialog asks."""
    status_control(office, customer, status).click()
    expect(office.get_by_role("heading", name=f"Status of {customer.name}")).to_be_visible()
    office.get_by_role("dialog").get_by_role("button", name=button).click()
    expect(office.get_by_role("dialog")).to_have_count(0)


def state_of(customer: Customer) -> str:
    """Return the customer's status in the database."""
    return Customer.objects.values_list("state", flat=True).get(pk=customer.pk)


def test_the_counter_leads_to_new_accounts_whose_status_is_red(office: Page):  # A40 A60
    bakery = make.customer(name="Bakery Ltd", state="new")
    make.customer(name="Old Customer Ltd")
    office.goto("/office/")
    counter = office.get_by_role("banner").get_by_role("link", name="New Accounts")
    expect(counter).to_contain_text("1")

    counter.click()

    expect(office.get_by_role("heading", name="Manage customers")).to_be_visible()
    expect(office.get_by_role("row", name="Old Customer Ltd")).to_have_count(0)
    badge = status_control(office, bakery, "New").locator("*").first
    red, green, blue = map(int, re.findall(r"\d+", badge.evaluate("e => getComputedStyle(e).color"))[:3])
    assert red > green
    assert red > blue


def test_the_company_name_opens_the_details_to_correct(office: Page):  # A61
    bakery = make.customer(name="Bakery Ltd", state="new", phone="")
    office.goto("/office/customers/?status=new")
    office.get_by_role("link", name="Bakery Ltd", exact=True).click()
    office.get_by_role("link", name="Edit account").click()
    office.get_by_label("Phone").fill("+49 40 99")

    office.get_by_role("button", name="Save").click()

    expect(office.get_by_text("Saved.")).to_be_visible()
    expect(office.get_by_text("+49 40 99").first).to_be_visible()
    assert state_of(bakery) == "new"


def test_new_becomes_active_and_login_details_open_the_portal(office: Page):  # A62 A67 A77
    bakery = make.customer(name="Bakery Ltd", state="new", email="baker@bakery.example")
    office.goto("/office/customers/?status=new")
    status_control(office, bakery, "New").click()
    expect(office.get_by_role("heading", name="Check the details first")).to_be_visible()
    expect(office.get_by_text("ERP: not connected")).to_be_visible()
    office.get_by_role("dialog").get_by_role("button", name="Make Active").click()
    expect(office.get_by_text("Bakery Ltd is Active.")).to_be_visible()
    work_off()

    text = mailed("login_details").text
    assert make.PASSWORD not in text
    link = re.search(r"/set-password/\S+", text)
    assert link
    sign_out(office)
    office.goto(link[0])
    username = office.locator("strong").first.inner_text()
    office.get_by_label("New password").fill(NEW_PASSWORD)
    office.get_by_role("button", name="Set the password").click()

    expect(office.get_by_role("heading", name="Home")).to_be_visible()
    sign_out(office)
    sign_in(office, username, NEW_PASSWORD)
    expect(office.get_by_role("heading", name="Home")).to_be_visible()
    office.goto(link[0])
    expect(office.get_by_role("heading", name="This link is over")).to_be_visible()


def test_login_details_are_readable_under_sent(office: Page):  # A62
    bakery = make.customer(name="Bakery Ltd", state="new", email="baker@bakery.example")
    office.goto("/office/customers/?status=new")
    change_status(office, bakery, "New", "Make Active")
    work_off()
    mail = OutgoingMail.objects.get(key="login_details")

    office.goto("/office/")
    menu(office, "System emails")
    office.get_by_role("link", name="Sent", exact=True).click()
    office.get_by_role("row", name="baker@bakery.example").get_by_role("link").first.click()

    expect(office.get_by_role("heading", name=mail.subject)).to_be_visible()
    expect(office.frame_locator("iframe").get_by_role("link").first).to_be_visible()


def test_a_customer_without_an_address_cannot_become_active_but_admin(office: Page):  # A63 A65
    bakery = make.customer(name="Bakery Ltd", state="new", email="")
    office.goto("/office/customers/?status=new")
    status_control(office, bakery, "New").click()
    dialog = office.get_by_role("dialog")
    expect(dialog.get_by_text("A customer without an e-mail address cannot become Active.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Make Active")).to_have_count(0)

    dialog.get_by_role("button", name="Make Admin").click()

    expect(office.get_by_role("dialog")).to_have_count(0)
    assert state_of(bakery) == "admin"
    assert not OutgoingMail.objects.filter(key="login_details").exists()


def test_active_becomes_inactive_and_its_people_are_out_at_once(
    office: Page, browser, browser_context_args
):  # A64
    bakery = make.customer(name="Bakery Ltd")
    make.membership(make.user(username="baker"), bakery, "buyer")
    context = browser.new_context(**browser_context_args)
    baker = context.new_page()
    sign_in(baker, "baker")
    expect(baker.get_by_role("heading", name="Home")).to_be_visible()
    office.goto("/office/customers/")

    change_status(office, bakery, "Active", "Make Inactive")

    expect(status_control(office, bakery, "Inactive")).to_be_visible()
    baker.goto("/customer/")
    expect(baker.get_by_role("heading", name="Your account is closed at present")).to_be_visible()
    context.close()


def test_a_duplicate_is_seen_before_approving_and_merged(office: Page):  # A67 A74
    old = known_customer()
    new = known_customer(number="W-1", name="Nordwind Werkzeug GmbH", state="new", email="n@nordwind.example")
    office.goto("/office/customers/?status=new")
    status_control(office, new, "New").click()
    expect(office.get_by_role("heading", name="Perhaps a duplicate of")).to_be_visible()
    expect(office.get_by_role("dialog")).to_contain_text(old.name)

    office.goto("/office/")
    menu(office, "Duplicates")
    office.get_by_role("button", name="Look for duplicates").click()
    expect(office.get_by_role("main")).to_contain_text("Looking")
    work_off()
    assert DuplicatePair.objects.get().first == old
    office.goto(f"/office/customers/{new.pk}/merge/{old.pk}/")
    expect(office.get_by_text("Nobody sees more than before, unless chosen below.")).to_be_visible()
    office.get_by_role("button", name="Merge").click()

    expect(office.get_by_role("heading", name=old.name)).to_be_visible()
    new.refresh_from_db()
    assert (new.merged_into, new.state) == (old, "inactive")
