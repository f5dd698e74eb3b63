"""Goods on their way back: from a claim to a closed RMA, at a desk, in a warehouse and on a dealer's phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from claimdesk.aftersales.models import Rma, WarrantyClaim
from claimdesk.customers.models import Customer
from claimdesk.people.models import User
from tests import make
from tests.browser.walking import mailed, sign_in, sign_out

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
GRAVE = ("serious", "critical")


@pytest.fixture
def claim() -> WarrantyClaim:
    """A dealer's claim on a unit of his, and somebody of service to work on it."""
    make.company(name="Northwind")
    make.staff("service", username="sara", name="Sara Service")
    dora = make.user(username="dora")
    make.membership(dora, make.customer(name="Nordwind Werkzeuge"), "service")
    by = make.actor(dora)
    make.unit(serial="AB-1001", dealer=Customer.objects.get(pk=by.customer_id))
    return make.warranty_claim(by=by, serial="AB-1001")


def fits(page: Page) -> None:
    """Expect nothing grave of axe, and nothing wider than the window."""
    found = Axe().run(page).response["violations"]
    assert [fault["id"] for fault in found if fault["impact"] in GRAVE] == []
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def scan(page: Page, serial: str, *, said: str) -> None:
    """Type as a scanner does: the field has the focus, Enter ends the number."""
    expect(page.get_by_label("Serial number")).to_be_focused()
    page.keyboard.type(serial)
    page.keyboard.press("Enter")
    expect(page.get_by_role("log").get_by_role("listitem").first).to_contain_text(said)


def issue(page: Page, claim: WarrantyClaim) -> None:
    """Make the RMA from the claim, as staff at a desk."""
    page.set_viewport_size(DESK)
    sign_in(page, "sara")
    page.goto(f"/office/warranty-claims/{claim.pk}/")
    page.get_by_role("link", name="Start an RMA").click()
    expect(page.get_by_label("Serial numbers")).to_have_value("AB-1001")
    page.get_by_label("Ship to").fill("Northwind, Hafenstr. 1, 20457 Hamburg")
    fits(page)
    page.get_by_role("button", name="Make the RMA").click()
    expect(page.get_by_role("heading", name="RMA-10001")).to_be_visible()
    sign_out(page)


def send(page: Page) -> None:
    """Print the slip and say that the goods are on their way, as the dealer on a phone."""
    page.set_viewport_size(PHONE)
    sign_in(page, "dora")
    page.goto("/rmas/")
    page.get_by_role("link", name="RMA-10001", exact=True).click()
    fits(page)
    with page.expect_download() as slip:
        page.get_by_role("main").get_by_role("link", name="Slip").click()
    assert slip.value.suggested_filename == "RMA-10001.pdf"
    page.get_by_label("Carrier").fill("DHL")
    page.get_by_label("Tracking number").fill("JD 1")
    page.get_by_role("button", name="Sent").click()
    expect(page.get_by_role("link", name="Track the parcel")).to_be_visible()
    sign_out(page)


def receive(page: Page, rma: Rma) -> None:
    """Scan a wrong unit and the right one, and settle the wrong one, in the warehouse on a phone."""
    sign_in(page, "sara")
    page.goto(f"/office/rmas/{rma.pk}/")
    page.get_by_role("main").get_by_role("link", name="Receive").click()
    scan(page, "ZZ-9", said="is not on this RMA")
    expect(page.get_by_role("heading", name="Not expected")).to_be_visible()
    fits(page)
    page.get_by_label("The next one is damaged").check()
    page.get_by_label("Serial number").focus()
    scan(page, "ab1001", said="received, damaged")
    expect(page.get_by_label("The next one is damaged")).not_to_be_checked()
    page.get_by_role("link", name="Settle ZZ-9").click()
    page.get_by_role("dialog").get_by_label("What became of it").fill("sent back")
    page.get_by_role("dialog").get_by_role("button", name="Settle").click()
    expect(page.get_by_text("sent back").first).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_load_state("networkidle")


def test_from_a_claim_to_a_closed_rma(page: Page, claim: WarrantyClaim):  # M1 M2 M3
    issue(page, claim)
    rma = Rma.objects.get()
    assert mailed("rma_issued").to == User.objects.get(username="dora").email
    send(page)
    receive(page, rma)

    page.set_viewport_size(DESK)
    page.goto(f"/office/rmas/{rma.pk}/")
    page.get_by_role("row", name="AB-1001").get_by_role("link", name="Inspect").click()
    page.get_by_role("dialog").get_by_label("What becomes of it").select_option("replace")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    page.get_by_role("main").get_by_role("button", name="Close").click()
    expect(page.get_by_role("main").locator(".state").first).to_have_text("Closed")
    fits(page)

    rma.refresh_from_db()
    assert (rma.state, rma.lines.get().disposition) == ("closed", "replace")
