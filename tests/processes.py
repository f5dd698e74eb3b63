"""Real processes of the house, on the database of the test."""

import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

from django.db import connection


def database_url() -> str:
    """Return the address of the test's own database, a file or a server's."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlunsplit(urlsplit(os.environ["CLAIMDESK_TEST_DATABASE_URL"])._replace(path=f"/{name}"))


def claimdesk(*arguments: str, environment: dict[str, str], **options) -> subprocess.Popen:
    """Start `claimdesk …`."""
    return subprocess.Popen(
        [sys.executable, "-m", "claimdesk", *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        **options,
    )


def end(process: subprocess.Popen, number: int = signal.SIGTERM, *, within: float = 20) -> int:
    """Send a signal and wait for the end; return the exit code."""
    process.send_signal(number)
    return process.wait(within)
