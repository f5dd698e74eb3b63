"""Account claims by keyboard in a browser: decide, undo, live rows, bulk, and all without script."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from claimdesk.access.actions.account_claims import deny_account_claim
from claimdesk.access.models import AccountClaim
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PENDING = "/office/account-claims/?status=pending"


def sign_in(page: Page, base_url: str) -> None:
    """Give the tab the session of a person of staff."""
    client = Client()
    client.force_login(make.staff(name="Ada Lovelace"))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base_url}])


def claim_of(name: str) -> AccountClaim:
    """A pending claim of a person of that name, newest first in the list."""
    return make.account_claim(
        user=make.user(name=name, username=name.lower()), customer=make.customer(name=f"{name} & Sons")
    )


@pytest.fixture
def claims(page: Page, base_url: str) -> dict[str, AccountClaim]:
    """Three pending claims; the list shows Carl, Bea, Ann."""
    made = {name: claim_of(name) for name in ("Ann", "Bea", "Carl")}
    sign_in(page, base_url)
    page.goto(PENDING)
    return made


def state_of(claim: AccountClaim) -> str:
    """The claim's state in the database."""
    return AccountClaim.objects.values_list("state", flat=True).get(pk=claim.pk)


def row(page: Page, claim: AccountClaim):
    """The claim's row."""
    return page.locator(f"#row-{claim.pk}")


def test_a_claim_is_decided_with_three_keys_and_the_next_has_the_focus(page: Page, claims):  # A43 A44
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Carl claims Carl & Sons")).to_be_visible()
    expect(page.get_by_role("heading", name="Against")).to_be_visible()

    page.keyboard.press("a")

    expect(page.locator("#messages")).to_contain_text("Approved: Carl now belongs to Carl & Sons")
    expect(page.locator("#dialog-frame")).not_to_be_visible()
    expect(row(page, claims["Carl"])).to_have_count(0)
    expect(row(page, claims["Bea"])).to_be_focused()
    assert state_of(claims["Carl"]) == "approved"


def test_a_decision_is_undone_with_one_key(page: Page, claims):  # A55
    page.keyboard.press("j")
    page.keyboard.press("d")
    expect(page.locator("#messages")).to_contain_text("Denied: Carl")

    page.keyboard.press("u")

    expect(page.locator("#messages")).to_contain_text("Taken back")
    expect(row(page, claims["Carl"])).to_be_visible()
    assert state_of(claims["Carl"]) == "pending"


def test_keys_do_nothing_while_one_writes(page: Page, claims):  # A48
    page.keyboard.press("j")
    page.keyboard.press("v")
    page.get_by_label("Internal note").fill("")
    page.get_by_label("Internal note").press_sequentially("a sad duck")

    expect(page.get_by_label("Internal note")).to_have_value("a sad duck")
    assert state_of(claims["Carl"]) == "pending"
    page.get_by_label("Words to the applicant").fill("We do not know you.")
    page.get_by_role("button", name=re.compile("^Deny")).last.click()

    expect(page.locator("#messages")).to_contain_text("Denied: Carl")
    claim = AccountClaim.objects.get(pk=claims["Carl"].pk)
    assert (claim.note, claim.words) == ("a sad duck", "We do not know you.")


def test_escape_closes_the_dialog_and_leaves_the_claim(page: Page, claims):  # A43
    page.keyboard.press("j")
    page.keyboard.press("v")
    expect(page.locator("#dialog-frame")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.locator("#dialog-frame")).not_to_be_visible()
    assert state_of(claims["Carl"]) == "pending"


def test_an_open_list_shows_what_others_decide(page: Page, claims):  # A50
    page.goto("/office/account-claims/")
    expect(row(page, claims["Ann"])).to_contain_text("Pending")

    deny_account_claim(claims["Ann"], by=make.STAFF)

    expect(row(page, claims["Ann"])).to_contain_text("Denied")
    expect(page.locator("#list-presets")).to_contain_text("Denied 1")


def test_a_second_decision_says_who_was_first_and_refreshes_the_row(page: Page, claims):  # A52
    page.goto("/office/account-claims/")
    page.keyboard.press("j")
    page.keyboard.press("v")
    expect(page.locator("#dialog .review")).to_be_visible()
    deny_account_claim(claims["Carl"], by=make.STAFF)

    page.keyboard.press("a")

    expect(page.locator("#dialog-frame [data-messages]")).to_contain_text("Already decided by Sam Staff")
    expect(row(page, claims["Carl"])).to_contain_text("Denied")
    assert state_of(claims["Carl"]) == "denied"


def test_the_keys_work_on_the_page_of_a_claim_too(page: Page, claims):  # A44
    page.goto(f"/office/account-claims/{claims['Bea'].pk}/")

    page.keyboard.press("d")

    expect(page.locator("#messages")).to_contain_text("Denied: Bea")
    assert state_of(claims["Bea"]) == "denied"


def test_the_checklist_is_ticked_in_place(page: Page, claims):  # A57
    page.keyboard.press("j")
    page.keyboard.press("v")
    box = page.get_by_role("checkbox", name="Phoned or written to the contact on file")

    box.click()

    expect(box).to_be_checked()
    assert claims["Carl"].ticks.count() == 1


def test_chosen_claims_are_decided_after_a_dry_run(page: Page, claims):  # A55
    type(claims["Ann"].customer).objects.filter(pk=claims["Ann"].customer_id).update(state="inactive")
    for _ in range(3):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.keyboard.press("b")
    expect(page.locator("#bulk").get_by_role("button", name="Approve")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 would be approved, 1 skipped. Nothing has changed yet.")).to_be_visible()
    expect(page.get_by_text("is Inactive; nobody can be let in.")).to_be_visible()
    assert state_of(claims["Bea"]) == "pending"

    page.get_by_role("button", name="Approve (2)").click()

    expect(page.get_by_role("heading", name="2 claims approved")).to_be_visible()
    assert [state_of(claims[name]) for name in ("Ann", "Bea", "Carl")] == ["pending", "approved", "approved"]


def test_all_of_it_works_without_script(browser: Browser, base_url: str):  # A44 A55
    claim = claim_of("Dora")
    context = browser.new_context(java_script_enabled=False, base_url=base_url, locale="en-GB")
    page = context.new_page()
    sign_in(page, base_url)
    page.goto(PENDING)

    row(page, claim).get_by_role("link", name="View").click()
    page.get_by_role("button", name=re.compile("^Approve")).click()
    expect(page.locator("#messages")).to_contain_text("Approved: Dora")
    assert state_of(claim) == "approved"
    page.locator("#messages").get_by_role("button", name="Undo").click()

    expect(page.locator("#messages")).to_contain_text("Taken back")
    assert state_of(claim) == "pending"
    context.close()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_screen(page: Page, claims, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    for address in (PENDING, f"/office/account-claims/{claims['Ann'].pk}/", "/office/explain-access/"):
        page.goto(address)

        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
