"""`claimdesk serve`, as a real process: pages, files, a worker; and a clean end."""

import os
import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from http.client import HTTPResponse
from urllib.error import URLError

import pytest

from claimdesk.ledger.models import Worker
from tests import processes

pytestmark = [pytest.mark.courier, pytest.mark.django_db(transaction=True)]
WORKER_STARTED = re.compile(r"worker [^ :]+:(\d+):\w+ started")


class Served:
    """A running `claimdesk serve`."""

    def __init__(self, data_dir) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = {
            "DJANGO_SETTINGS_MODULE": "claimdesk.config.settings",
            "CLAIMDESK_DATABASE_URL": processes.database_url(),
            "CLAIMDESK_DATA_DIR": str(data_dir),
        }
        # The errors' pipe is held open by every process of the house: its end is the end of all.
        self.process = processes.claimdesk(
            "serve",
            "--port",
            str(self.port),
            environment=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.said = self.process.stdout.readline()

    def get(self, address: str, **headers: str) -> HTTPResponse:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{address}", headers=headers)
        return urllib.request.urlopen(request, timeout=30)

    def next_worker(self) -> int:
        """Wait until a worker says that it started, and return its process id."""
        for line in self.process.stderr:
            if started := WORKER_STARTED.search(line):
                return int(started[1])
        raise AssertionError("no worker started")

    def everybody_ended(self) -> bool:
        """Wait until no process of the house is left."""
        self.process.stderr.read()
        return True


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    house = Served(tmp_path)
    yield house
    if house.process.poll() is None:
        processes.end(house.process)
    house.process.stdout.close()
    house.process.stderr.close()


def test_serve_answers_has_a_worker_and_ends_cleanly(served):
    assert f"http://127.0.0.1:{served.port}" in served.said
    assert served.get("/healthz").read() == b"ok\n"
    page = served.get("/sign-in/").read().decode()
    style = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
    file = served.get(style, **{"Accept-Encoding": "gzip"})
    assert file.headers["Content-Encoding"] == "gzip"
    assert "max-age=31536000" in file.headers["Cache-Control"]
    served.next_worker()

    code = processes.end(served.process, within=12)

    assert code == 0
    assert served.everybody_ended()
    assert not Worker.objects.exists()
    with pytest.raises(URLError):
        served.get("/healthz")


def test_a_worker_that_dies_is_started_again(served):
    first = served.next_worker()

    os.kill(first, signal.SIGKILL)

    assert served.next_worker() != first


def test_when_the_server_is_killed_nobody_goes_on_answering(served):
    served.get("/healthz")
    served.next_worker()

    processes.end(served.process, signal.SIGKILL)

    assert served.everybody_ended()
    with pytest.raises(URLError):
        served.get("/healthz")


def test_serve_says_what_an_unready_database_needs(tmp_path):
    environment = {
        "DJANGO_SETTINGS_MODULE": "claimdesk.config.settings",
        "CLAIMDESK_DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
        "CLAIMDESK_DATA_DIR": str(tmp_path),
    }

    refused = processes.claimdesk("serve", environment=environment, stderr=subprocess.PIPE, text=True)
    words = refused.communicate(timeout=60)[1]

    assert refused.returncode == 2
    assert "claimdesk init" in words
    assert "Traceback" not in words
