"""The furniture's behaviour in a browser: search, keys, dialogs, live lists, colours, and all without script."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from claimdesk.customers.models import Customer
from tests import make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("tests.web.urls"),
    pytest.mark.django_db(transaction=True),
]
LIST = "/office/customers/"


def cookie(base_url: str) -> dict:
    """A session of a person of staff, as the browser carries it."""
    client = Client()
    client.force_login(make.staff(name="Ada Lovelace"))
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": base_url,
    }


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains of: refused by the policy, or a script's error."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not re.search("Status Error Code|status of", message.text):
            said.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def office(page: Page, base_url: str, complaints: list[str]) -> Page:
    """A tab in the office, with twelve customers named Bolt and three named Nut."""
    for _ in range(12):
        make.customer(name="Bolt")
    for n in range(3):
        make.customer(name=f"Nut {n}", state="new")
    page.context.add_cookies([cookie(base_url)])  # type: ignore[list-item]
    page.goto(LIST)
    return page


def test_typing_searches_and_the_address_follows(office: Page, complaints: list[str]):
    office.get_by_placeholder("Search").fill("nut")

    expect(office.locator("tbody tr")).to_have_count(3)
    expect(office).to_have_url(re.compile(r"\?q=nut$"))
    expect(office.get_by_placeholder("Search")).to_be_focused()
    assert complaints == []


def test_filters_sort_and_pages_go_together(office: Page, complaints: list[str]):
    office.get_by_role("combobox", name="Status").select_option("active")
    expect(office.locator(".tools-count")).to_contain_text("12 rows")
    office.get_by_role("link", name="Account number").click()
    expect(office).to_have_url(re.compile("status=active&sort=number$"))
    office.get_by_role("link", name="Next").click()
    expect(office).to_have_url(re.compile("after="))

    office.go_back()

    expect(office).to_have_url(re.compile("status=active&sort=number$"))
    expect(office.locator("tbody tr")).to_have_count(5)
    assert complaints == []


def test_rows_are_walked_chosen_and_opened_by_keys(office: Page, complaints: list[str]):
    for key in "jjkj":
        office.keyboard.press(key)
    second = office.locator("tbody tr").nth(1)
    expect(second).to_be_focused()
    office.keyboard.press("x")
    expect(office.locator("[data-bulk]")).to_contain_text("1 chosen")

    office.keyboard.press("Enter")

    expect(office.locator("#dialog-title")).to_be_focused()
    office.keyboard.press("Escape")
    expect(second).to_be_focused()
    assert complaints == []


def test_a_dialog_says_what_is_wrong_what_is_refused_and_closes_when_it_worked(
    office: Page, complaints: list[str]
):
    office.keyboard.press("j")
    office.keyboard.press("Enter")
    dialog = office.locator("#dialog-frame")
    save = dialog.get_by_role("button", name="Save")
    save.click()
    expect(dialog.get_by_text("Please correct 2 things")).to_be_visible()
    dialog.get_by_label("Organization name").fill("taken")
    dialog.get_by_label("Business").check()
    save.click()
    expect(dialog.get_by_text("Somebody was faster.")).to_be_visible()
    dialog.get_by_label("Organization name").fill("Anvil")

    save.click()

    expect(dialog).to_be_hidden()
    expect(office.get_by_text("Renamed.")).to_be_visible()
    expect(office.locator("tbody tr").first).to_contain_text("Anvil")
    expect(office.locator("tbody tr").first).to_be_focused()
    assert complaints == []


def test_an_open_list_shows_what_others_changed_and_keeps_the_choice(
    office: Page, complaints: list[str]
):  # A50
    office.locator("tbody [name=ids]").nth(2).check()

    Customer.objects.filter(name="Bolt").update(first_activated_at="2025-02-01T10:00Z")

    expect(office.locator("tbody tr").first).to_contain_text("1 Feb 2025")
    expect(office.get_by_role("link", name="New Accounts 3")).to_be_visible()
    Customer.objects.filter(name="Bolt").update(state="new")
    expect(office.get_by_role("link", name="New Accounts 15")).to_be_visible()
    expect(office.locator("tbody [name=ids]").nth(2)).to_be_checked()
    assert complaints == []


def test_a_list_that_nobody_changes_is_answered_304(office: Page):  # A50
    with office.expect_response(lambda answer: answer.status == 304) as answered:
        expect(office.locator("[data-live-due]")).to_be_visible()

    assert LIST in answered.value.url


def test_chosen_rows_are_acted_upon_together(office: Page):
    office.get_by_label("Choose all rows of this page").check()
    office.get_by_label("All 15 that match").check()

    office.get_by_role("button", name="Retire").click()

    expect(office.get_by_text("15 retired.")).to_be_visible()


def test_a_button_asks_before_it_acts(office: Page):
    office.locator("tbody [name=ids]").nth(2).check()
    sent: list[str] = []
    office.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    office.once("dialog", lambda question: question.dismiss())
    office.get_by_role("button", name="Forget").click()
    assert sent == []
    office.once("dialog", lambda question: question.accept())

    office.get_by_role("button", name="Forget").click()

    expect(office.get_by_text("1 retired.")).to_be_visible()
    assert len(sent) == 1


def test_the_search_is_a_key_away_and_the_keys_can_be_asked_for(office: Page):
    office.keyboard.press("/")
    expect(office.get_by_placeholder("Search")).to_be_focused()
    office.get_by_placeholder("Search").blur()

    office.keyboard.press("?")

    expect(office.get_by_role("heading", name="Keys")).to_be_visible()


def test_the_colours_change_at_once_and_stay(office: Page):
    office.get_by_text("Ada Lovelace").click()
    with office.expect_response("**/theme/"):
        office.get_by_role("button", name="Dark").click()
    expect(office.locator("html")).to_have_attribute("data-bs-theme", "dark")

    office.reload()

    expect(office.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_a_double_click_sends_a_form_once(office: Page, base_url: str):
    office.goto(f"{LIST}{make.customer(name='Anvil').pk}/")
    office.get_by_label("Organization name").fill("Anvil 2")
    office.get_by_label("Business").check()
    sent: list[str] = []
    office.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)

    office.get_by_role("button", name="Save").dblclick()

    expect(office.get_by_text("Renamed.")).to_be_visible()
    assert len(sent) == 1


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_is_wider_than_the_screen(office: Page, width: int):
    office.set_viewport_size({"width": width, "height": 800})

    for address in (LIST, f"{LIST}{Customer.objects.first().pk}/", "/plain/", "/", "/nowhere/"):  # type: ignore[union-attr]
        office.goto(address)
        wider = office.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, address


@pytest.fixture
def without_script(browser: Browser, base_url: str) -> Callable[[], Page]:
    """A tab of somebody who switched scripts off, on a phone."""

    def open_tab() -> Page:
        context = browser.new_context(
            java_script_enabled=False, base_url=base_url, viewport={"width": 360, "height": 740}
        )
        context.add_cookies([cookie(base_url)])  # type: ignore[list-item]
        return context.new_page()

    return open_tab


def test_a_list_and_its_dialogs_work_without_script(without_script: Callable[[], Page]):
    for n in range(3):
        make.customer(name=f"Nut {n}")
    page = without_script()
    page.goto(LIST)
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Manage customers")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_placeholder("Search").fill("nut 1")
    page.get_by_role("button", name="Apply").first.click()
    expect(page.locator("tbody tr")).to_have_count(1)

    page.goto(f"{LIST}{Customer.objects.get(name='Nut 1').pk}/")
    page.get_by_label("Organization name").fill("Nut 7")
    page.get_by_label("Business").check()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Renamed.")).to_be_visible()
    expect(page.locator("tbody")).to_contain_text("Nut 7")
