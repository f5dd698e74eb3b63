"""The upload control in a browser: chosen, dropped, pasted, several at once, refused by name; and without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from claimdesk.access.models import AccountClaim
from claimdesk.conversations.models import File
from tests import make
from tests.browser.walking import sign_in
from tests.conversations.samples import PAGE, PDF, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GIVE = """({ kind, names }) => {
  const held = new DataTransfer();
  names.forEach((name) => held.items.add(new File(['Grind noise'], name, { type: 'text/plain' })));
  const event = kind === 'drop'
    ? new DragEvent('drop', { dataTransfer: held, bubbles: true, cancelable: true })
    : new ClipboardEvent('paste', { clipboardData: held, bubbles: true, cancelable: true });
  document.querySelector('[data-upload]').dispatchEvent(event);
}"""


@pytest.fixture
def claim() -> AccountClaim:
    """A claim whose claimant waits."""
    user = make.user(username="walter")
    make.onboarding(user, submitted_at=make.now(), outcome="account_claim")
    return make.account_claim(user=user)


@pytest.fixture
def waiting(page: Page, claim: AccountClaim) -> Page:
    """The claimant's page."""
    sign_in(page, "walter")
    page.goto("/waiting/")
    return page


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A photograph, a document and a web page that calls itself a photograph."""
    contents = {"photo.heic": picture("HEIF"), "offer.pdf": PDF, "page.jpg": PAGE}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def test_several_files_go_at_once_and_a_bad_one_is_named(waiting: Page, files: list[Path]):  # F1 F2
    waiting.get_by_label("Files", exact=True).last.set_input_files(files)

    listed = waiting.locator("[data-file-list] li")
    expect(listed).to_have_count(2)
    expect(listed.nth(0)).to_contain_text("photo.jpg")
    expect(waiting.locator("[data-file-list] img")).to_have_js_property("naturalWidth", 320)
    expect(waiting.locator("[data-upload-list]")).to_contain_text("page.jpg is named like: JPEG picture")
    assert [file.name for file in File.objects.order_by("pk")] == ["photo.jpg", "offer.pdf"]


@pytest.mark.parametrize("kind", ["drop", "paste"])
def test_files_are_dropped_and_pasted(waiting: Page, kind: str):  # F1
    waiting.evaluate(GIVE, {"kind": kind, "names": ["noise.txt", "more.txt"]})

    expect(waiting.locator("[data-file-list] li")).to_have_count(2)


def test_a_file_is_removed_where_it_stands(waiting: Page):  # F3
    waiting.evaluate(GIVE, {"kind": "drop", "names": ["noise.txt"]})
    waiting.on("dialog", lambda dialog: dialog.accept())

    waiting.get_by_role("button", name="Remove noise.txt").click()

    expect(waiting.locator("[data-file-list] li")).to_have_count(0)
    assert File.objects.get().state == "removed"


def test_without_script_it_is_a_file_input(browser: Browser, base_url: str, claim, files: list[Path]):  # F1
    page = browser.new_context(base_url=base_url, java_script_enabled=False).new_page()
    sign_in(page, "walter")
    page.goto("/waiting/")

    page.locator("input[type=file][multiple]").set_input_files(files[:2])
    page.get_by_role("button", name="Attach").click()

    expect(page.locator("[data-file-list] li")).to_have_count(2)
    expect(page).to_have_url(f"{base_url}/waiting/")
