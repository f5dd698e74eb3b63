"""What every test may lean on: a database in a file where one is needed, and rivals that race."""

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import translation
from hypothesis import HealthCheck, settings

from scripts.translations import PACKAGE, compile_translations

# A busy machine is no fault of the code.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")
NEEDS_A_FILE = ("browser", "race", "courier")
Rival = Callable[[], object]


def pytest_configure(config: pytest.Config) -> None:
    """Let Django read the translations as they are now."""
    if not hasattr(config, "workerinput"):
        compile_translations(PACKAGE, PACKAGE)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> Iterator[None]:
    """On SQLite, put the database in a file if any test opens it over several connections."""
    shared = any(item.get_closest_marker(name) for item in request.session.items for name in NEEDS_A_FILE)
    if connection.vendor != "sqlite" or not shared:
        yield
        return
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = Path(tempfile.mkdtemp(prefix="claimdesk-tests-", dir=memory))
    connection.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")
    yield
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Leave no test in the language of the page that the one before it asked for."""
    yield
    translation.activate("en")


@pytest.fixture(autouse=True)
def no_process_at_hand() -> Iterator[None]:
    """Leave no test with the order processes of the one before it."""
    yield
    from claimdesk.orders.queries.processes import put_away  # models wait for Django's settings

    put_away()


@pytest.fixture(autouse=True)
def no_words_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Emptying the tables after a test that commits gives keys out again, but knows only models' tables."""
    yield
    marker = request.node.get_closest_marker("django_db")
    from claimdesk.customers.search.index import forget_all  # models wait for Django's settings

    if "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction")):
        with request.getfixturevalue("django_db_blocker").unblock():
            forget_all()


@pytest.fixture
def race(transactional_db: None) -> Callable[..., list[object]]:
    """Let rivals start at the same moment, each on a connection of its own.

    `race(rival, rival, ...)` returns, in the same order, what each returned, or the exception it raised.
    """

    def run(*rivals: Rival) -> list[object]:
        barrier = threading.Barrier(len(rivals), timeout=30)

        def start(rival: Rival) -> object:
            try:
                connection.ensure_connection()
                barrier.wait()
                return rival()
            except Exception as error:
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(rivals)) as pool:
            return list(pool.map(start, rivals))

    return run
