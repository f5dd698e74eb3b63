"""An import that is killed in its midst: what was taken stays, the next run takes the rest."""

import os
import signal
import subprocess
import time

import pytest
from django.db import connection

from claimdesk.customers.models import Address, Customer, MatchEntry
from claimdesk.ledger.imports import run
from claimdesk.ledger.models import Event, Import
from tests import processes

pytestmark = [pytest.mark.courier, pytest.mark.django_db(transaction=True)]
ROWS = run.POOL_FROM + 2 * run.CHUNK  # other processes prepare them
REFUSED = 3
ENOUGH_SECONDS = 120
ENVIRONMENT = {"DJANGO_SETTINGS_MODULE": "claimdesk.config.settings_test"}


def import_of(path) -> subprocess.Popen:
    """Start `claimdesk import customers` in a process group of its own."""
    environment = ENVIRONMENT | {"CLAIMDESK_TEST_DATABASE_URL": processes.database_url()}
    return processes.claimdesk(
        "import",
        "customers",
        str(path),
        environment=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )


def is_left(group: int) -> bool:
    """Tell whether a process of this group still runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def until(deed, *, process: subprocess.Popen | None = None) -> None:
    """Wait until `deed` is true, while `process` runs."""
    deadline = time.monotonic() + ENOUGH_SECONDS
    while not deed():
        assert process is None or process.poll() is None, "it ended too early"
        assert time.monotonic() < deadline, "it takes too long"


def test_what_a_killed_import_did_not_take_the_next_run_takes(tmp_path):  # A75
    path = tmp_path / "customers.csv"
    rows = [f"K{place},Customer {place} Ltd,Kiel" for place in range(ROWS)]
    path.write_text("number,name,town\n" + "\n".join([*rows, *[",No Number,Ulm"] * REFUSED]) + "\n")
    killed = import_of(path)
    until(lambda: Import.objects.filter(new__gt=0).exists(), process=killed)
    processes.end(killed, signal.SIGKILL)
    until(lambda: not is_left(killed.pid))
    taken = Customer.objects.count()

    code = import_of(path).wait(ENOUGH_SECONDS)

    first, second = Import.objects.order_by("pk")
    assert 0 < taken < ROWS
    assert (first.new, first.state) == (taken, "running")
    assert code == 1  # some were refused
    assert (second.new, second.same, second.refused, second.state) == (ROWS - taken, taken, REFUSED, "done")
    assert Customer.objects.count() == Address.objects.count() == MatchEntry.objects.count() == ROWS
    told = Event.objects.filter(kind="import.chunk_taken").values_list("data", flat=True)
    assert sum(data["new"] for data in told) == ROWS
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
