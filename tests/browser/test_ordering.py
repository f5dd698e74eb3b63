"""A dealer on a phone orders: shop, cart, checkout; then the office sees the order, and the dealer how it stands."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from claimdesk.catalog.search import refile
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.models import Order
from tests import make
from tests.browser.walking import mailed, menu, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 760}


@pytest.fixture
def dealer():
    """A buyer with a price of his own, and something to buy."""
    make.company(name="Northwind Tools", currency="EUR", freight=500)
    customer = make.customer(
        name="Nordwind Werkzeuge", street="Hafenstr. 1", postcode="20457", town="Hamburg"
    )
    tools = make.category(name="Hand tools")
    hammer = make.product(number="A-100", name="Claw hammer", price=1250, category=tools)
    make.price(hammer, 1000, customer=customer)
    box = make.product(number="B-200", name="Box of screws", price=600, quantity_step=Decimal(6),
                       quantity_minimum=Decimal(6))  # fmt: skip
    refile([hammer.pk, box.pk])
    return make.membership(make.user(username="dealer", name="Ben Huber"), customer, "buyer").user


def test_a_dealer_on_a_phone_orders_and_the_office_sees_it(page: Page, dealer):  # O1 O2 O4
    page.set_viewport_size(PHONE)
    sign_in(page, "dealer")
    page.goto("/shop/")
    page.get_by_label("Search the shop").fill("hamer")
    page.get_by_role("button", name="Search", exact=True).click()

    price = page.get_by_role("button", name="€10.00")
    price.focus()
    expect(page.get_by_role("tooltip").filter(has_text="own price")).to_be_visible()
    page.get_by_label(re.compile("Quantity of Claw hammer")).fill("3")
    page.get_by_role("button", name="Add Claw hammer to the cart").click()
    expect(page.get_by_role("link", name="3 piece in the cart")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=hamer"))

    page.goto("/shop/quick-order/")
    page.get_by_label("Paste your list").fill("B-200 7")
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_text("steps of 6")).to_be_visible()
    page.get_by_label("Quantity in line 1").fill("12")
    page.get_by_role("button", name="Check again").click()
    page.get_by_role("button", name="Put into the cart").click()

    expect(page.get_by_text("€102.00")).to_be_visible()
    page.locator(".stepper", has=page.get_by_label(re.compile("Quantity of Claw"))).locator(
        "[data-step=up]"
    ).click()
    expect(page.get_by_text("€112.00")).to_be_visible()
    page.get_by_label("PO number").fill("PO 4711")
    page.get_by_role("button", name="Continue to checkout").click()
    expect(page.get_by_text("Hafenstr. 1")).to_be_visible()
    page.get_by_role("button", name="Place order").dblclick()
    expect(page.get_by_role("heading", name="Thank you for your order")).to_be_visible()

    order = Order.objects.get()
    assert order.number in mailed("order_confirmation").subject
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="Show the order").click()
    expect(page.get_by_text("Received").first).to_be_visible()


def test_an_order_is_in_the_office_and_its_steps_reach_the_dealer(page: Page, browser: Browser, dealer, base_url):  # O2 O15 # fmt: skip
    order = make.order(dealer.memberships.get().customer, placed_by=dealer, po_number="PO 4711")
    make.staff(username="admin")
    sign_in(page, "admin")
    page.goto("/office/orders/?q=PO+4711")
    expect(page.get_by_role("link", name=order.number).first).to_be_visible()

    trigger_event(list(order.items.all()), "confirm", by=make.STAFF)

    phone = browser.new_context(base_url=base_url, viewport=PHONE).new_page()
    sign_in(phone, "dealer")
    phone.goto("/orders/")
    phone.get_by_role("link", name=order.number).click()
    expect(phone.get_by_text("In preparation").first).to_be_visible()
    phone.context.close()


def test_a_dealer_orders_without_script(browser: Browser, dealer, base_url):  # O4
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    sign_in(page, "dealer")
    menu(page, "Shop")
    page.get_by_role("button", name="Add Claw hammer to the cart").click()
    expect(page.get_by_text("Claw hammer is in the cart.")).to_be_visible()
    page.goto("/cart/")
    page.get_by_label(re.compile("Quantity of Claw hammer")).fill("2")
    page.get_by_role("button", name="Update").click()
    page.get_by_role("button", name="Continue to checkout").click()
    page.get_by_role("button", name="Place order").click()

    expect(page.get_by_role("heading", name="Thank you for your order")).to_be_visible()
    context.close()
    assert Order.objects.get().lines.get().quantity == 2
