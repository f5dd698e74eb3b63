"""Lighthouse on the pages that count most, at a demo world that is being served: `scripts/lighthouse.py`.

Needs npm (`npx` fetches Lighthouse) and Chromium; takes the address from PORT, as `make run` does.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
BASE = f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"
WANTED = 0.95
SIGN_IN, SHOP = "/sign-in/", "/shop/"
CLAIMS, CUSTOMERS, ORDERS = "/office/account-claims/", "/office/customers/", "/office/orders/"


def main() -> None:
    """Print each page's scores; end with 1 where one falls short."""
    short = False
    for address, jar in visits():
        scores = look(address, jar)
        if address != SIGN_IN:
            scores.pop("seo", None)  # nobody finds by a search what is shown after signing in
        short |= any(score < WANTED for score in scores.values())
        print(f"{address:28}", "  ".join(f"{name} {score:.2f}" for name, score in scores.items()), flush=True)
    sys.exit(short)


def visits() -> list[tuple[str, str]]:
    """Return addresses and the cookies of who visits them: nobody, staff, a buyer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = [(SIGN_IN, "")]
        for person, addresses, lists in (
            ("admin", (CLAIMS,), (CUSTOMERS, ORDERS)),
            ("buyer", (SHOP,), ()),
        ):
            page = browser.new_page(base_url=BASE)
            jar = sign_in(page, person)
            firsts = [first_of(page, address) for address in lists]
            found += [(address, jar) for address in (*addresses, *firsts)]
            page.close()
        browser.close()
    return found


def sign_in(page: Page, person: str) -> str:
    """Sign one of the demo world's people in and return the cookies."""
    page.goto(SIGN_IN)
    page.get_by_label("E-mail or username").fill(f"{person}@claimdesk.test")
    page.get_by_label("Password", exact=True).fill("claimdesk-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: SIGN_IN not in address)
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())  # type: ignore[typeddict-item]


def first_of(page: Page, address: str) -> str:
    """Return the address of the first row of a list."""
    page.goto(address)
    return page.locator("tbody tr[data-url]").first.get_attribute("data-url") or address


def look(address: str, cookie: str) -> dict[str, float]:
    """Return the scores of one page, from 0 to 1, as a slow phone sees it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            "npx",
            "--yes",
            "lighthouse",
            BASE + address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
        ]
        command += [
            "--chrome-flags=--headless --no-sandbox",
            f"--extra-headers={json.dumps({'Cookie': cookie})}",
        ]
        subprocess.run(command, check=True, env=os.environ | {"CHROME_PATH": CHROMIUM})
        categories = json.loads(report.read_text())["categories"]
    return {name: category["score"] for name, category in categories.items()}


if __name__ == "__main__":
    main()
