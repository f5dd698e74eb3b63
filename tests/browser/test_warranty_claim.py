"""The form of a warranty claim in a browser: the cover beside the serial number, and two who edit one draft."""

import pytest
from playwright.sync_api import Page, expect

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.customers.models import Customer
from claimdesk.kernel.clock import today
from tests import make
from tests.browser.walking import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def dealer() -> Customer:
    """A dealer with two service people."""
    make.company(name="Northwind")
    customer = make.customer(name="Nordwind Werkzeuge")
    for name in ("dora", "carl"):
        make.membership(make.user(username=name, name=name.title()), customer, "service")
    return customer


@pytest.fixture
def unit(dealer: Customer):
    """A unit of the dealer's, covered since it was shipped."""
    make.policy(name="Two years", start="shipment")
    return make.unit(dealer=dealer, serial="SN-4711", shipped_on=today().replace(day=1))


def begin(page: Page) -> None:
    """Begin a claim by its serial number."""
    page.goto("/claims/")
    page.get_by_role("link", name="New claim").click()
    page.get_by_label("Serial number").fill("sn 4711")
    expect(page.locator("#cover")).to_contain_text("Covered by “Two years”")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/edit/?checked=1")


def state(page: Page):
    """The line that says what is saved."""
    return page.locator("[data-draft-state]")


def test_the_second_of_two_is_told_and_chooses_and_nobody_elses_words_are_shown(  # W14
    page: Page, dealer: Customer, unit
):
    sign_in(page, "dora")
    begin(page)
    page.get_by_label("Complaint").fill("it rattles")
    expect(state(page)).to_have_text("Saved")
    address, other = (
        page.url,
        page.context.browser.new_context(base_url=page.url.split("/warranty")[0]).new_page(),
    )
    sign_in(other, "carl")
    other.goto(address)
    expect(other.get_by_label("Complaint")).to_have_value("it rattles")
    other.get_by_label("Complaint").fill("it smokes")
    expect(state(other)).to_have_text("Saved")

    page.get_by_label("Complaint").fill("it rattles and smells")

    conflict = page.locator("[data-conflict]")
    expect(conflict).to_contain_text("Carl changed this draft meanwhile")
    expect(conflict).to_contain_text("it smokes")
    assert WarrantyClaim.objects.get().complaint == "it smokes"
    page.get_by_role("button", name="Save mine over it").click()
    expect(state(page)).to_have_text("Saved")
    assert WarrantyClaim.objects.get().complaint == "it rattles and smells"
    other.close()
