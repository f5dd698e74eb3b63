"""A clerk approves a new customer, as the reference page tells it: from the counter to the login details."""

import re

import pytest
from playwright.sync_api import Page, expect

from claimdesk.access.models import Membership
from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.actions.customers import create_customer
from claimdesk.customers.models import Customer
from tests import make
from tests.work import work_off

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail or username").fill(make.staff("sales").username)
    page.get_by_label("Password", exact=True).fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(re.compile("/office/"))


def test_a_new_customer_is_checked_activated_told_and_switched_off(page: Page):  # A40 A60 A61 A62 A64 A67
    customer = create_customer(
        name="Harbour Cafe", email="orders@harbour.example", state="new", by=make.STAFF
    )
    create_customer(name="Known Ltd", email="known@known.example", by=make.STAFF)
    sign_in(page)
    page.goto("/office/customers/")

    counter = page.get_by_role("link", name="New Accounts").first
    expect(counter).to_contain_text("1")
    counter.click()
    expect(page.get_by_role("link", name="Harbour Cafe", exact=True)).to_be_visible()
    expect(page.get_by_text("Known Ltd")).to_have_count(0)

    page.get_by_role("link", name="Harbour Cafe", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Harbour Cafe")).to_be_visible()
    page.go_back()

    page.get_by_role("link", name="New: change the status of Harbour Cafe").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("orders@harbour.example becomes its first manager")
    dialog.get_by_text("ERP: not connected").click()
    dialog.get_by_label("Link: it is there already").check()
    dialog.get_by_label("Number in the ERP").fill("X-100")
    dialog.get_by_role("button", name="Make Active").click()
    expect(dialog).to_be_hidden()

    work_off()
    customer.refresh_from_db()
    assert (customer.state, customer.erp_number) == ("active", "X-100")
    assert Membership.objects.get(customer=customer).is_manager
    assert OutgoingMail.objects.get(key="login_details").to == "orders@harbour.example"

    page.goto(f"/office/customers/{customer.pk}/")
    page.get_by_role("link", name="Active: change the status of Harbour Cafe").click()
    expect(dialog).to_contain_text("loses access")
    dialog.get_by_role("button", name="Make Inactive").click()
    expect(page.get_by_role("link", name="Inactive: change the status of Harbour Cafe")).to_be_visible()
    assert Customer.objects.get(pk=customer.pk).state == "inactive"
