"""A place on disk for one run of a benchmark: data folder and database, gone afterwards.

`enter` must come before anything reads Django's settings: they are made from the environment.
"""

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """Return a port that nobody uses: our server would share one with another run and answer its requests."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


PORT, FLOOR_PORT = free_port(), free_port()


@contextmanager
def place(database: str) -> Iterator[Path]:
    """Point the environment at a new folder and at an empty SQLite file or PostgreSQL cluster in it."""
    with tempfile.TemporaryDirectory(prefix="claimdesk-bench-", dir="/var/tmp") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "claimdesk.config.settings",
            "CLAIMDESK_DATA_DIR": folder,
            "CLAIMDESK_BASE_URL": f"http://127.0.0.1:{PORT}",
        }
        if database == "sqlite":
            os.environ.pop("CLAIMDESK_DATABASE_URL", None)
            yield Path(folder)
            return
        sys.path.insert(0, str(HOUSE / "scripts"))
        from postgres import throwaway_cluster  # of scripts/, which no path names before

        with throwaway_cluster(on_disk=True) as address:
            os.environ["CLAIMDESK_DATABASE_URL"] = address
            yield Path(folder)
