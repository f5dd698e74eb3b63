"""What a page sends, compressed, to a new browser and to one that has been there: `scripts/weight.py`.

Looks at a demo world that is being served, at the address that PORT gives, as `scripts/lighthouse.py` does.
"""

import sys

from lighthouse import BASE, CHROMIUM, visits
from playwright.sync_api import BrowserContext, sync_playwright

FIRST, AFTER = 120, 25


def main() -> None:
    """Print the kB of each page, both times; end with 1 where one sends too much."""
    heavy = False
    pages = visits()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for address, jar in pages:
            context = browser.new_context(base_url=BASE)
            if jar:
                pairs = [pair.split("=", 1) for pair in jar.split("; ")]
                context.add_cookies([{"name": name, "value": value, "url": BASE} for name, value in pairs])
            first, after = sent(context, address), sent(context, address)
            heavy |= first > FIRST or after > AFTER
            print(f"{address:28} first {first:6.1f} kB  after {after:6.1f} kB", flush=True)
            context.close()
        browser.close()
    sys.exit(heavy)


def sent(context: BrowserContext, address: str) -> float:
    """Return the kB, heads included, that come over the wire for one visit in a new tab."""
    page = context.new_page()
    sizes: list[float] = []
    session = context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    page.close()
    return sum(sizes) / 1000


if __name__ == "__main__":
    main()
