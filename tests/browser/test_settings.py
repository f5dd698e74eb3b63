"""An administrator sets the house up: who may register, what mails say, and what was sent."""

import pytest
from playwright.sync_api import Page, expect

from claimdesk.access.models import AccountClaim
from claimdesk.company.queries.company import company
from claimdesk.company.queries.system_emails import sending, wording
from tests import make
from tests.browser.test_axe import grave_faults
from tests.work import work_off

BOTH_LOOKS = ((360, "dark"), (1440, "light"), (360, "light"), (1440, "dark"))
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def complaints(page: Page) -> list[str]:
    """What the browser complains of: scripts that fail, styles, scripts and frames that the policy blocks."""
    heard: list[str] = []
    page.on(
        "console",
        lambda said: (
            heard.append(said.text) if said.type == "error" and "status of" not in said.text else None
        ),
    )
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


@pytest.fixture
def office(page: Page, live_server) -> Page:
    """The office, with an administrator signed in."""
    make.company(name="Northwind Tools")
    make.staff(username="greta", name="Greta Admin", email="greta@northwind.example")
    page.goto("/sign-in/")
    page.get_by_label("E-mail or username").fill("greta")
    page.get_by_label("Password").fill(make.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).not_to_have_url("/sign-in/")
    return page


def test_auto_approval_is_switched_on_with_evidence_after_seeing_who_waits(office: Page):  # A4 A9 A54
    claim = make.account_claim(user=make.user(username="waiting"))
    office.goto("/office/settings/company/")
    expect(office.get_by_text("When to decide yourself")).to_be_visible()
    office.get_by_label("Auto Approve Users").check()
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_role("alert")).to_contain_text("Choose what evidence is enough")

    office.get_by_label("Verified domain").check()
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_role("heading", name="Switch Auto Approve Users on?")).to_be_visible()
    expect(office.get_by_role("row", name="waiting")).to_contain_text("No")
    office.get_by_role("button", name="Switch on").click()

    expect(office.get_by_label("Auto Approve Users")).to_be_checked()
    claim.refresh_from_db()
    assert claim.state == AccountClaim.State.PENDING


def test_a_workflow_sets_both_settings_visibly(office: Page):  # A71
    office.goto("/office/settings/company/")
    office.get_by_role("link", name="Customer Data").click()
    expect(office.get_by_label("Allow visitors to create a new account")).to_be_checked()
    office.get_by_label("Standard").check()
    office.get_by_role("button", name="Use this workflow").click()

    expect(office.get_by_label("has access at once")).to_be_checked()
    expect(office.get_by_label("signed in, and can order")).to_be_checked()
    assert company().workflow == "standard"


def test_words_of_a_mail_are_tried_saved_and_tested(office: Page):  # A17
    office.goto("/office/settings/emails/")
    office.get_by_role("link", name="New account request confirmation").click()
    preview = office.frame_locator("#mail-preview")
    expect(preview.get_by_text("Hello Ada Fischer,")).to_be_visible()

    office.get_by_label("Text").fill("Welcome {user},\n\n{link}")
    expect(preview.get_by_text("Welcome Ada Fischer,")).to_be_visible()
    expect(preview.get_by_role("link", name="Open my account")).to_be_visible()
    office.get_by_label("Text").fill("Welcome {usre}")
    expect(preview.get_by_text("There is no {usre} in this e-mail.")).to_be_visible()
    office.get_by_label("Text").fill("Welcome {user},\n\n{link}")
    office.get_by_role("button", name="Save").first.click()
    expect(office.get_by_text("Saved.")).to_be_visible()
    office.get_by_label("bcc").fill("boss@northwind.example")
    office.get_by_role("button", name="Save").last.click()
    expect(office.get_by_label("bcc")).to_have_value("boss@northwind.example")

    office.get_by_role("button", name="Send a test to me").click()
    expect(office.get_by_role("heading", name="[Test] Your account with Northwind Tools")).to_be_visible()
    expect(office.frame_locator("iframe").get_by_text("Welcome Ada Fischer,")).to_be_visible()
    assert wording("new_account_request_confirmation", "en").text == "Welcome {user},\n\n{link}"
    assert sending("new_account_request_confirmation").bcc == ["boss@northwind.example"]


def test_what_happened_is_found_with_what_followed(office: Page):  # A48
    office.goto("/office/settings/company/seller/")
    office.get_by_label("Phone").fill("+49 30 1234567")
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_text("Saved.")).to_be_visible()
    work_off()

    office.goto("/office/settings/audit/")
    office.get_by_role("link", name="Greta Admin changed the settings: phone").click()

    dialog = office.get_by_role("dialog")
    expect(dialog.get_by_text("+49 30 1234567")).to_be_visible()
    expect(dialog.get_by_text("company/1")).to_be_visible()


def test_freight_and_currency_are_set_up_after_a_look_at_what_has_no_price(office: Page):  # O8 O18
    make.product(price=1000)
    office.goto("/office/settings/company/")
    office.get_by_role("link", name="Orders and money").click()
    expect(office.get_by_role("heading", name="What a change touches")).to_be_visible()
    faults = [fault for look in BOTH_LOOKS for fault in grave_faults(office, *look)]
    office.get_by_label("Freight of an order").fill("a lot")
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_text("Type an amount in EUR, such as 12.50.", exact=True)).to_be_visible()
    faults += [fault for look in BOTH_LOOKS for fault in grave_faults(office, *look)]

    office.get_by_label("Freight of an order").fill("5.90")
    office.get_by_label("Currency").select_option("CHF")
    office.get_by_role("button", name="Save").click()
    expect(office.get_by_role("heading", name="Read prices otherwise?")).to_be_visible()
    expect(office.get_by_text("1 product of 1 on sale has no price in CHF")).to_be_visible()
    faults += [fault for look in BOTH_LOOKS for fault in grave_faults(office, *look)]
    office.get_by_role("button", name="Change it").click()

    expect(office.get_by_text("Saved.")).to_be_visible()
    assert (company().currency, company().freight) == ("CHF", 590)
    assert not faults
