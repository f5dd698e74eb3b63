"""Axe on every page that the tables of doors know: nothing serious, on a phone in the dark and a desk in the light."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import RequestFactory
from playwright.sync_api import Error, Page, Response, expect

from claimdesk.company.system_emails.catalogue import all_emails
from claimdesk.company.system_emails.rendering import render_sample
from claimdesk.web.errors import server_error
from tests.doors.table import TABLES, rows
from tests.doors.world import World, build

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = ((360, "dark"), (1440, "light"))
READERS = ("visitor", "pending", "buyer", "manager", "admin")
GRAVE = ("serious", "critical")
MAIL = ("office:settings_sent_html", "office:settings_email_preview")
PRINTED = (
    "office:account_claim",
    "office:customer",
    "office:reclamation_print",
    "office:settings_audit_entry",
    "portal:team",
)
# Shown in a frame, or a part of a page.
PARTS = ("office:duplicate_search", "office:policy_preview", "portal:operation_offers", "portal:part_offers")
NO_PAGES = (*MAIL, *PARTS)


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


def opened_as_page(page: Page, address: str) -> bool:
    """Open an address; tell whether it is a page, and neither a picture nor a file to keep."""
    try:
        answer = page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    return bool(answer and answer.headers.get("content-type", "").startswith("text/html"))


@pytest.mark.parametrize("person", READERS)
@pytest.mark.parametrize("table", TABLES)
def test_no_page_has_a_grave_fault(page: Page, world: World, base_url: str, table: str, person: str):
    open_as(page, world, person, base_url)
    faults = []
    for address in addresses_for(world, table, person):
        if opened_as_page(page, address):
            faults += [f"{address} {fault}" for look in LOOKS for fault in grave_faults(page, *look)]

    assert not faults, "\n".join(faults)


def test_no_page_is_forgotten():
    """Whatever opens to anybody opens to one of the readers, without whom axe would never see it."""
    opens = [
        row
        for table in TABLES
        for row in rows(table)
        if row.method == "GET" and "200" in row.answers.values()
    ]

    assert [row for row in opens if not any(row.answers[reader] == "200" for reader in READERS)] == []


DIALOGS = (
    ("office:account_claims", "admin", "#row-{claim} a[data-dialog]"),
    ("office:customer", "admin", "main a[data-dialog]"),
    ("office:user", "admin", "main a[data-dialog]"),
    ("office:order", "admin", "main a[data-dialog]"),
    ("office:reclamation", "admin", "main a[data-dialog]"),
    ("office:invoice", "admin", "main a[data-dialog]"),
    ("office:product", "admin", "main a[data-dialog]"),
    ("office:prices", "admin", "main a[data-dialog]"),
    ("office:product_categories", "admin", "main a[data-dialog]"),
    ("office:settings_reclamations", "admin", "main a[data-dialog]"),
    ("portal:team", "manager", "main a[data-dialog]"),
    ("portal:customer", "manager", "main a[data-dialog]"),
    ("portal:order_approvals", "manager", "main a[data-dialog]"),
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


def send(page: Page, address: str) -> Response:
    """Post to an address from the page that is open, as a form on it would."""
    with page.expect_navigation() as caught:
        page.evaluate(
            """address => {
                const form = document.createElement('form');
                Object.assign(form, { method: 'post', action: address });
                form.append(document.querySelector('[name=csrfmiddlewaretoken]').cloneNode());
                document.body.append(form);
                form.submit();
            }""",
            address,
        )
    return caught.value


def test_the_page_of_a_refusal_has_no_grave_fault(page: Page, world: World, base_url: str):
    open_as(page, world, "admin", base_url)
    page.goto("/office/")

    answer = send(page, world.address("office:account_claim_reversal"))

    assert answer.status == 409
    assert not [fault for look in LOOKS for fault in grave_faults(page, *look)]


def test_the_page_of_a_bad_request_has_no_grave_fault(page: Page):
    answer = page.goto("/sign-in/?" + "a&" * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))

    assert answer
    assert answer.status == 400
    assert not [fault for look in LOOKS for fault in grave_faults(page, *look)]


def test_the_page_of_a_failure_has_no_grave_fault(page: Page, rf: RequestFactory):
    """No page of ours fails, so what would be shown is laid in the way of one."""
    body = server_error(rf.get("/")).content.decode()
    page.route("**/sign-in/", lambda route: route.fulfill(status=500, content_type="text/html", body=body))

    answer = page.goto("/sign-in/")

    assert answer
    assert answer.status == 500
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not [fault for look in LOOKS for fault in grave_faults(page, *look)]


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_mail_has_a_grave_fault(page: Page, db: None, language: str):
    faults = []
    for email in all_emails():
        page.set_content(render_sample(email.key, language=language).html)
        faults += [f"{email.key} {fault}" for fault in grave_faults(page, 600, "light")]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", PRINTED)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_printed_page_has_a_grave_fault(page: Page, world: World, base_url: str, name: str, theme: str):
    open_as(page, world, "admin" if name.startswith("office") else "manager", base_url)
    page.context.add_cookies([{"name": "theme", "value": theme, "url": base_url}])
    page.goto(world.address(name))
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    page.emulate_media(media="print")

    red, green, blue = map(
        int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).color"))[:3]
    )
    assert max(red, green, blue) < 100, "ink is dark, for paper is white"
    assert not grave_faults(page, 794, "light")
