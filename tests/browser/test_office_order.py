"""An order's walk in the office: found in the list, confirmed, shipped in part, delivered, invoiced, paid; axe beside it."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from claimdesk.orders.models import Allotment, Invoice, Order
from tests import make
from tests.browser.test_axe import LOOKS, grave_faults
from tests.browser.walking import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def order() -> Order:
    """An order of two articles, among others."""
    make.company(
        name="Northwind Tools",
        currency="EUR",
        carriers=[{"name": "DHL", "link": "https://dhl.example/{number}"}],
    )
    make.order(make.customer(name="Somebody else"))
    products = [
        make.product(number="A-100", name="Claw hammer"),
        make.product(number="B-200", name="Box of screws"),
    ]
    return make.order(
        make.customer(number="K-7", name="Nordwind Werkzeuge"),
        products=products,
        quantities=(3, 10),
        po_number="PO 4711",
    )


@pytest.fixture
def office(page: Page, order: Order) -> Page:
    """The office, with a clerk signed in who may do all of it."""
    make.staff(username="greta")
    sign_in(page, "greta")
    return page


def assert_readable(page: Page) -> None:
    """Nothing grave for whoever reads by other means, whatever the screen and the light."""
    assert [fault for look in LOOKS for fault in grave_faults(page, *look)] == []


def deed(page: Page, link: str, button: str, **fields: str) -> None:
    """Open a dialog by its link, fill it in, and send it."""
    page.get_by_role("link", name=link, exact=True).first.click()
    dialog = page.get_by_role("dialog")
    for label, value in fields.items():
        dialog.get_by_label(label.replace("_", " ")).fill(value)
    dialog.get_by_role("button", name=button, exact=True).click()
    expect(dialog).to_be_hidden()


def counted_of(order: Order) -> list[tuple[Decimal, Decimal, Decimal]]:
    """What the ledger says of each line: ordered, shipped, delivered."""
    allotments = Allotment.objects.filter(line__order=order)
    return list(allotments.values_list("ordered", "shipped", "delivered"))


def find(office: Page, order: Order) -> None:
    """Find the order in the list by its filters, and open it."""
    office.goto("/office/orders/")
    filters = office.get_by_role("search", name="Search and filter this list")
    filters.get_by_label("Customer (number or name)").fill("K-7")
    filters.get_by_label("Status").select_option(label="New")
    expect(office).to_have_url(re.compile("state=new"))
    rows = office.get_by_role("row").filter(has=office.get_by_role("link"))
    expect(rows.filter(has_text="Somebody else")).to_have_count(0)
    office.get_by_role("link", name=order.number, exact=True).click()
    expect(office.get_by_role("heading", name=f"Order {order.number}", level=1)).to_be_visible()


def confirm_some(items: Locator) -> None:
    """Confirm one item by ticking it, and of the other a part."""
    items.get_by_role("checkbox", name="Choose Claw hammer").check()
    items.get_by_role("group", name="Ticked items").get_by_role("button", name="Confirm").click()
    expect(items.get_by_role("row").filter(has_text="Claw hammer")).to_contain_text("Exported")
    expect(items.get_by_role("row").filter(has_text="Box of screws")).to_contain_text("New")
    screws = items.get_by_role("row").filter(has_text="Box of screws")
    screws.get_by_label("Quantity of Box of screws").fill("4")
    screws.get_by_role("button", name="Confirm").click()
    expect(items.get_by_role("row").filter(has_text="Box of screws")).to_have_count(2)


def test_an_order_walks_through_the_office(office: Page, order: Order):  # O2 O12 O15 O16 O17
    find(office, order)
    assert_readable(office)
    items = office.locator("#items")
    confirm_some(items)

    deed(office, "Ship", "Ship", Claw_hammer="3", Box_of_screws="4", Carrier="DHL", Tracking_number="JD 01")
    shipments = office.locator("#shipments")
    expect(shipments.get_by_role("link", name="JD 01")).to_have_attribute(
        "href", "https://dhl.example/JD%2001"
    )
    expect(items.get_by_role("row").filter(has_text="Claw hammer")).to_contain_text("Shipped")
    deed(office, "Delivered", "Delivered")
    expect(shipments).to_contain_text("delivered on")
    expect(items.get_by_role("row").filter(has_text="Claw hammer")).to_contain_text("Delivered")
    assert sorted(counted_of(order)) == [(3, 3, 3), (10, 4, 4)]

    deed(office, "Write an invoice", "Write the invoice", Claw_hammer="3", Box_of_screws="4")
    invoice = Invoice.objects.get(order=order)
    assert invoice.total == 8330
    office.locator("#invoices").get_by_role("link", name=invoice.number, exact=True).click()
    deed(office, "Book a payment", "Book", Reference="Statement 7")
    expect(office.get_by_text("Paid", exact=True).first).to_be_visible()
    invoice.refresh_from_db()
    assert invoice.open_amount == 0
    assert_readable(office)

    office.get_by_role("link", name=f"Order {order.number}").first.click()
    expect(office.locator("#payments")).to_contain_text("€83.30")
    expect(office.locator("#items").get_by_role("row").filter(has_text="New")).to_contain_text("6")
    assert_readable(office)
