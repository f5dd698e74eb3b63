"""The pictures of the README, taken anew: `python scripts/pictures.py`. Makes a demo world, serves it, looks."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

HOUSE = Path(__file__).resolve().parent.parent
PICTURES = HOUSE / "docs" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PORT = os.environ.get("PORT", "8765")
BASE = f"http://127.0.0.1:{PORT}"
DAY = "2026-11-24"


def main() -> None:
    """Take all pictures in a world of its own, which goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="claimdesk-pictures-") as folder:
        environment = os.environ | {"CLAIMDESK_DATA_DIR": folder, "CLAIMDESK_BASE_URL": BASE}
        for command in (["manage", "migrate", "--verbosity=0"], ["demo", "--as-of", DAY]):
            subprocess.run([sys.executable, "-m", "claimdesk", *command], check=True, env=environment)
        server = subprocess.Popen([sys.executable, "-m", "claimdesk", "web", "--port", PORT], env=environment)
        try:
            wait_for_server()
            with sync_playwright() as playwright:
                flags = ["--no-sandbox", "--disable-background-networking"]
                take_all(playwright.chromium.launch(executable_path=CHROMIUM, args=flags))
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for_server() -> None:
    """Wait until the first page is there."""
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"{BASE}/healthz", timeout=2)
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server did not start")


def take_all(browser: Browser) -> None:
    """Take the pictures, light and dark, wide and on a phone."""
    PICTURES.mkdir(exist_ok=True)
    page = signed_in(browser, "admin", 1280, 800, "light")
    page.goto(f"{BASE}/office/account-claims/?status=pending")
    take(page, "account-claims")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Approve").first.wait_for()
    page.wait_for_timeout(500)
    take(page, "account-claim")
    dark = signed_in(browser, "admin", 1280, 800, "dark")
    dark.goto(f"{BASE}/office/duplicates/")
    take(dark, "duplicates")
    page.goto(f"{BASE}/office/orders/")
    take(page, "orders")
    page.goto(f"{BASE}/office/reclamations/?status=open")
    page.locator("tbody .row-head a").first.click()
    page.get_by_role("heading", name="What is claimed").wait_for()
    take(page, "reclamation")
    phone = signed_in(browser, "manager", 360, 740, "light")
    phone.goto(f"{BASE}/team/")
    take(phone, "team-phone")
    phone.goto(f"{BASE}/shop/")
    phone.wait_for_load_state("networkidle")
    take(phone, "shop-phone")
    browser.close()


def signed_in(browser: Browser, who: str, width: int, height: int, scheme: str) -> Page:
    """Sign in on a screen of that size."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{BASE}/sign-in/")
    page.get_by_label("E-mail or username").fill(f"{who}@claimdesk.test")
    page.get_by_label("Password", exact=True).fill("claimdesk-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()
    return page


def take(page: Page, name: str) -> None:
    """Take one picture, in 256 colours: a page has few, and the file is a third."""
    shot = Image.open(BytesIO(page.screenshot()))
    shot.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
