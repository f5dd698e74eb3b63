"""Axe on every page that the tables of doors know: nothing serious, on a phone in the dark and a desk in the light."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.doors.table import TABLES, rows
from tests.doors.world import World, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = ((360, "dark"), (1440, "light"))
READERS = ("visitor", "pending", "manager", "admin")
GRAVE = ("serious", "critical")
MAIL = ("office:settings_sent_html", "office:settings_email_preview")
NO_PAGES = (*MAIL, "office:duplicate_search")  # shown in a frame, or a part of a page


@pytest.fixture
def world() -> World:
    """Something on every page."""
    return build()


def open_as(page: Page, world: World, person: str, base_url: str) -> None:
    """Give the tab the session of a person."""
    for name, morsel in world.client(person).cookies.items():
        page.context.add_cookies([{"name": name, "value": morsel.value, "url": base_url}])


def addresses_for(world: World, table: str, person: str) -> list[str]:
    """Return the pages of a table that open to a person and not already to the one before."""
    before = READERS[: READERS.index(person)]
    return [
        world.address(row.name)
        for row in rows(table)
        if row.method == "GET" and row.name not in NO_PAGES
        if row.answers[person] == "200" and not any(row.answers[other] == "200" for other in before)
    ]


def grave_faults(page: Page, width: int, scheme: str) -> list[str]:
    """Return what axe finds serious or critical in the page as it stands, in one look."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = Axe().run(page).response["violations"]
    return [
        f"{scheme} {width}: {fault['id']} at {node['target']}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"][:3]
    ]


@pytest.mark.parametrize("person", READERS)
@pytest.mark.parametrize("table", TABLES)
def test_no_page_has_a_grave_fault(page: Page, world: World, base_url: str, table: str, person: str):
    open_as(page, world, person, base_url)
    faults = []
    for address in addresses_for(world, table, person):
        answer = page.goto(address)
        if answer and answer.headers.get("content-type", "").startswith("text/html"):
            faults += [f"{address} {fault}" for look in LOOKS for fault in grave_faults(page, *look)]

    assert not faults, "\n".join(faults)


DIALOGS = (
    ("office:account_claims", "admin", "#row-{claim} a[data-dialog]"),
    ("office:customer", "admin", "main a[data-dialog]"),
    ("office:user", "admin", "main a[data-dialog]"),
    ("portal:team", "manager", "main a[data-dialog]"),
)


@pytest.mark.parametrize(("name", "person", "opener"), DIALOGS)
def test_no_open_dialog_has_a_grave_fault(
    page: Page, world: World, base_url: str, name: str, person: str, opener: str
):
    open_as(page, world, person, base_url)
    page.goto(world.address(name))

    page.locator(opener.format(claim=world.arguments["office:account_claim"]["pk"])).first.click()
    expect(page.locator("dialog[open] .dialog-head h2")).to_be_visible()

    assert not [fault for look in LOOKS for fault in grave_faults(page, *look)]


def test_no_page_of_an_error_has_a_grave_fault(page: Page, world: World, base_url: str):
    open_as(page, world, "finance", base_url)
    faults = []
    for address, status in (("/office/account-claims/", 403), ("/office/nothing/", 404)):
        answer = page.goto(address)
        assert answer
        assert answer.status == status
        faults += [fault for look in LOOKS for fault in grave_faults(page, *look)]
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.context.clear_cookies()
    page.get_by_label("E-mail or username").fill("somebody")
    page.get_by_label("Password", exact=True).fill("something")
    with page.expect_response(lambda response: response.request.method == "POST") as caught:
        page.get_by_role("button", name="Sign in", exact=True).click()
    assert caught.value.status == 403
    faults += [fault for look in LOOKS for fault in grave_faults(page, *look)]

    assert not faults
