"""A real browser at a real server: Debian's Chromium by way of pytest-playwright."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

CHROMIUM = Path("/usr/bin/chromium")
PATIENCE = 20_000
WITHOUT_BACKGROUND_NOISE = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session", autouse=True)
def database_beside_the_browser() -> Iterator[None]:
    """Playwright keeps an event loop in this thread, in which Django else refuses its database."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Launch the installed Chromium, which as root has no sandbox."""
    if not CHROMIUM.exists():
        pytest.fail(f"{CHROMIUM} is missing: apt-get install chromium")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return browser_type_launch_args | {
        "executable_path": str(CHROMIUM),
        "args": [*WITHOUT_BACKGROUND_NOISE, *sandbox],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """Read English, whatever the machine speaks."""
    return browser_context_args | {"locale": "en-GB", "timezone_id": "UTC"}


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """A server that starts only when the database's file has its name; else it would share our connection."""
    return live_server


@pytest.fixture(scope="session")
def base_url(live_server: LiveServer) -> str:
    """Where pages live, so that `page.goto("/sign-in/")` is enough."""
    return live_server.url


@pytest.fixture
def page(page: Page) -> Page:
    """A fresh tab; it gives up waiting after twenty seconds, for a busy machine is slow but not wrong."""
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    return page
