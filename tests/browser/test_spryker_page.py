"""Reclamations as their reference page tells them: from an order's Claim to Closed, after which nothing reopens it."""

import pytest
from playwright.sync_api import Page, expect

from claimdesk.aftersales.models import Reclamation
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.models import Allotment, Order, OrderItem, Refund
from tests import make
from tests.browser.walking import mailed, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(page: Page) -> Page:
    """The office, with an administrator signed in, and a cause to choose."""
    make.company(name="Northwind")
    make.cause()
    make.staff(username="ada", name="Ada Admin")
    sign_in(page, "ada")
    return page


@pytest.fixture
def order() -> Order:
    """A delivered and paid order of three hammers and two saws."""
    hammer, saw = make.product(name="Claw hammer"), make.product(name="Hand saw")
    row = make.order(quantities=(3, 2), products=[hammer, saw], state="delivered")
    book_payment(order=row, amount=row.total, by=make.STAFF)
    return row


def claim_two_hammers(office: Page, order: Order) -> None:
    """Press Claim on the order's row, and say what, why and what is wished for."""
    office.goto("/office/orders/")
    office.get_by_role("row", name=order.number).get_by_role("link", name="Claim").click()
    office.get_by_label("Quantity of Claw hammer").fill("2")
    expect(office.get_by_label("Claw hammer", exact=True)).to_be_checked()
    office.get_by_label("Cause").select_option(index=1)
    office.get_by_label("Wish").select_option("refund")
    office.get_by_label("Note").fill("The handles are loose.")
    office.get_by_role("button", name="Claim", exact=True).click()


def nothing_reopens(office: Page, reclamation: Reclamation) -> None:
    """Expect no button on the closed one's page, and a no at an address that was open before."""
    main = office.get_by_role("main")
    expect(main.get_by_role("button")).to_have_count(0)
    expect(main.get_by_role("link", name="Edit")).to_have_count(0)
    expect(main.get_by_role("link", name="Follow up")).to_be_visible()
    office.goto(f"/office/reclamations/{reclamation.pk}/closure/")
    expect(office.get_by_text("for good")).to_be_visible()
    assert Reclamation.objects.get().state == "closed"


def test_from_an_order_to_closed_for_good(office: Page, order: Order):  # R2 R3 R5 R6 R7 R8 O19
    claim_two_hammers(office, order)

    expect(office.get_by_role("heading", name="Reclamation R-10001")).to_be_visible()
    reclamation = Reclamation.objects.get()
    assert reclamation.lines.get().quantity == 2
    assert mailed("reclamation_opened").to == order.customer.email

    main = office.get_by_role("main")
    main.get_by_role("button", name="For all").click()
    expect(main.get_by_text("Choose what is to happen with the items.")).to_be_visible()
    assert OrderItem.objects.exclude(state="delivered").count() == 0
    main.get_by_label("Together").select_option(label="Wait for return")
    main.get_by_role("button", name="For all").click()
    expect(main.get_by_role("heading", name="What came of it")).to_be_visible()
    assert OrderItem.objects.exclude(state="delivered").count() == 1

    main.get_by_role("link", name="Refund").click()
    dialog = office.get_by_role("dialog")
    dialog.get_by_role("button", name="Refund").click()
    expect(dialog).to_have_count(0)
    expect(main.get_by_role("row", name="Claw hammer").first).to_contain_text("Refunded")
    assert sum(Refund.objects.values_list("amount", flat=True)) == 2 * 1190

    main.get_by_role("button", name="Mark as refunded").click()
    expect(main.get_by_text("Marked as refunded by Ada Admin")).to_be_visible()

    office.keyboard.press("c")
    dialog.get_by_role("button", name="Close for good").click()
    expect(dialog).to_have_count(0)
    expect(main.locator(".state").first).to_have_text("Closed")
    assert mailed("reclamation_closed").to == order.customer.email

    nothing_reopens(office, reclamation)
    hammers = Allotment.objects.get(line__product_name="Claw hammer")
    assert (hammers.held, hammers.settled, hammers.free) == (0, 2, 1)


def test_the_list_under_sales_is_filtered_and_leads_to_each(office: Page, order: Order):  # R2 R11
    reclamation = make.reclamation(order)

    office.goto("/office/")
    office.get_by_role("navigation", name="Main menu").get_by_role("link", name="Reclamations").first.click()
    office.get_by_role("search").get_by_label("State").select_option("closed")
    expect(office.get_by_text("Nothing matches")).to_be_visible()
    office.get_by_role("search").get_by_label("State").select_option("open")
    office.get_by_role("row", name=reclamation.number).get_by_role("link", name="View").click()

    expect(office.get_by_role("heading", name=f"Reclamation {reclamation.number}")).to_be_visible()


def test_a_dealer_claims_on_his_phone(page: Page, order: Order):  # R9
    make.company(name="Northwind", customers_may_claim=True)
    make.cause()
    dealer = make.user(username="dora")
    make.membership(dealer, order.customer, "service")
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, "dora")

    page.goto(f"/orders/{order.pk}/")
    page.get_by_role("link", name="Claim", exact=True).click()
    page.get_by_label("All items").check()
    page.get_by_label("Cause").select_option(index=1)
    page.get_by_role("button", name="Send the claim").click()

    expect(page.get_by_role("heading", name="Claim R-10001")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    assert Reclamation.objects.get().is_by_customer
