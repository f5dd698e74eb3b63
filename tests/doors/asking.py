"""How many questions an address asks the database: a list may ask 12, another page 20, however much is there."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

OF_A_LIST = 12
OF_A_PAGE = 20


def asked(browser: Client, address: str) -> int:
    """Return how many questions a GET asks, the second time: some things are read once a process."""
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = browser.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
    return len(queries)
