"""Knocking at a door: one request, its answer in a word, and nothing of it left behind."""

from copy import deepcopy

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.doors.world import World


def knock(world: World, browser: Client, name: str, method: str) -> str:
    """Return the answer to one request, as the tables write it; what the request changed is undone."""
    kept = deepcopy(browser.cookies)
    cache.clear()
    with transaction.atomic():
        response = browser.generic(
            method, world.address(name), content_type="application/x-www-form-urlencoded"
        )
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    browser.cookies = kept
    if response.status_code == 302 and response["Location"].startswith("/sign-in/?next="):
        return "in"
    return str(response.status_code)
