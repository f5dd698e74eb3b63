"""Where the databases differ in waking an idle worker: PostgreSQL notifies, SQLite counts commits.

Missing a sign costs at most a second: a worker looks for work every second anyway.
"""

import time

from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

CHANNEL = "claimdesk_work"
SQLITE_GLANCE_SECONDS = 0.1


def nudge() -> None:
    """Wake the workers once the present transaction is committed.

    A statement of its own after the commit: PostgreSQL lets transactions that notify commit only one at a time.
    """
    if connection.vendor == "postgresql" and not _is_nudging():
        transaction.on_commit(_notify, robust=True)


def _is_nudging() -> bool:
    """Tell whether this transaction wakes them already; a savepoint that takes this back takes back our work too."""
    return any(waiting[1] is _notify for waiting in connection.run_on_commit)


def _notify() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


class Ear:
    """Hears that something was committed; holds a connection of its own."""

    def __init__(self) -> None:
        self.connection: BaseDatabaseWrapper = connections.create_connection("default")
        self.last_seen = 0
        if self.connection.vendor == "postgresql":
            with self.connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")

    def wait(self, seconds: float) -> None:
        """Return when something was committed, at the latest after `seconds`."""
        if self.connection.vendor == "postgresql":
            with self.connection.wrap_database_errors:
                list(self.connection.connection.notifies(timeout=seconds, stop_after=1))
            return
        deadline = time.monotonic() + seconds
        while (seen := self._data_version()) == self.last_seen and time.monotonic() < deadline:
            time.sleep(SQLITE_GLANCE_SECONDS)
        self.last_seen = seen

    def close(self) -> None:
        """Give the connection back."""
        self.connection.close()

    def _data_version(self) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            return int(cursor.fetchone()[0])
