"""Lighthouse on the pages that count most, at a demo world that is being served: `scripts/lighthouse.py`.

Needs npm (`npx` fetches Lighthouse) and Chromium; takes the address from PORT, as `make run` does.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
BASE = f"http://127.0.0.1:{os.environ.get('PORT') or '8000'}"
WANTED = 0.95
SIGN_IN, CLAIMS, CUSTOMERS = "/sign-in/", "/office/account-claims/", "/office/customers/"


def main() -> None:
    """Print each page's scores; end with 1 where one falls short."""
    cookie, customer = signed_in()
    short = False
    for address, jar in ((SIGN_IN, ""), (CLAIMS, cookie), (customer, cookie)):
        scores = look(address, jar)
        if address != SIGN_IN:
            scores.pop("seo", None)  # nobody finds the office by a search
        short |= any(score < WANTED for score in scores.values())
        print(f"{address:28}", "  ".join(f"{name} {score:.2f}" for name, score in scores.items()), flush=True)
    sys.exit(short)


def signed_in() -> tuple[str, str]:
    """Return the cookies of the demo world's administrator, and the address of a customer's page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(base_url=BASE)
        page.goto(SIGN_IN)
        page.get_by_label("E-mail or username").fill("admin@claimdesk.test")
        page.get_by_label("Password", exact=True).fill("claimdesk-demo")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/office/**")
        page.goto(CUSTOMERS)
        customer = page.locator("tbody tr[data-url]").first.get_attribute("data-url") or CUSTOMERS
        jar = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies())  # type: ignore[typeddict-item]
        browser.close()
    return jar, customer


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
