"""A clerk puts a product on sale: made, priced, pictured, and asked what a customer pays."""

import pytest
from playwright.sync_api import Page, expect

from claimdesk.catalog.models import Price, Product
from tests import make
from tests.browser.walking import sign_in
from tests.conversations.samples import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def office(page: Page, live_server) -> Page:
    """The office, with a clerk signed in."""
    make.company(name="Northwind Tools")
    make.staff("sales", username="greta")
    sign_in(page, "greta")
    return page


def test_a_product_is_put_on_sale(office: Page):  # O4 O7
    make.customer(number="K-1", name="Nordwind", price_group="B")
    office.goto("/office/products/")
    office.get_by_role("link", name="New product").first.click()
    dialog = office.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Wood screw")
    dialog.get_by_label("Number", exact=True).fill("HS-1")
    dialog.get_by_role("button", name="Save").click()
    expect(office.get_by_role("heading", name="Wood screw", level=1)).to_be_visible()

    office.get_by_role("link", name="Add a price").click()
    expect(dialog.get_by_label("Product number")).to_have_value("HS-1")
    dialog.get_by_label("Price group").fill("B")
    dialog.get_by_label("Price", exact=True).fill("9.50")
    dialog.get_by_label("From quantity").fill("10")
    dialog.get_by_role("button", name="Save").click()
    expect(office.get_by_role("row", name="Price group B")).to_contain_text("€9.50")

    office.get_by_role("link", name="Add a picture").click()
    dialog.get_by_label("Picture").set_input_files(
        {"name": "screw.png", "mimeType": "image/png", "buffer": picture("PNG")}
    )
    dialog.get_by_role("button", name="Save").click()
    shown = office.get_by_role("img", name="Wood screw")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 192

    office.goto("/office/prices/trial/")
    office.get_by_label("Product number").fill("hs1")
    office.get_by_label("Customer number").fill("K-1")
    office.get_by_label("Quantity").fill("20")
    office.get_by_role("button", name="Ask").click()
    expect(office.get_by_text("€190.00")).to_be_visible()
    expect(office.get_by_text("price group B, from 10").first).to_be_visible()


def test_many_prices_rise_at_once(office: Page):  # O7
    dear, cheap = make.product(price=1000), make.product(price=100)
    office.goto("/office/prices/")
    office.get_by_label(f"Choose {dear.name}").check()
    office.get_by_label(f"Choose {cheap.name}").check()
    office.get_by_role("button", name="Change by a percentage").click()
    expect(office.get_by_text("2 prices are chosen")).to_be_visible()

    office.get_by_label("Change in %").fill("5.5")
    office.get_by_role("button", name="Change prices").click()

    expect(office.get_by_text("2 prices changed.")).to_be_visible()
    assert sorted(Price.objects.values_list("amount", flat=True)) == [106, 1055]


def test_a_withdrawn_product_is_put_back_by_undo(office: Page):  # O4
    product = make.product(name="Hammer")
    office.goto(f"/office/products/{product.pk}/")
    office.on("dialog", lambda question: question.accept())
    office.get_by_role("button", name="Withdraw").click()
    expect(office.get_by_role("button", name="Put on sale again")).to_be_visible()

    office.get_by_role("button", name="Undo").click()

    expect(office.get_by_role("button", name="Withdraw")).to_be_visible()
    assert not Product.objects.get().is_withdrawn
