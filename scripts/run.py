"""The demo world on this machine: `make run`. What it makes lies in `var/`."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
CLAIMDESK = [sys.executable, "-m", "claimdesk"]


def main() -> None:
    """Compile translations, bring the database up to date or fill a new one, and serve."""
    os.chdir(HOUSE)
    port = os.environ.get("PORT") or "8000"
    os.environ.setdefault("CLAIMDESK_BASE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("CLAIMDESK_DATA_DIR", str(HOUSE / "var"))
    step([sys.executable, "scripts/translations.py", "compile"])
    data = Path(os.environ["CLAIMDESK_DATA_DIR"])
    data.mkdir(parents=True, exist_ok=True)
    database = data / "claimdesk.sqlite3"
    if "CLAIMDESK_DATABASE_URL" not in os.environ and not database.exists():
        fill(database)
    else:
        step([*CLAIMDESK, "manage", "migrate", "--verbosity=0"])
    os.execv(CLAIMDESK[0], [*CLAIMDESK, "serve", "--port", port])


def fill(database: Path) -> None:
    """Make the demo world under another name first, so that a start cut short leaves no half a world."""
    print("Filling a database with the demo world; only the first start does this ...", flush=True)
    unfinished = database.with_name("unfinished.sqlite3")
    for leftover in database.parent.glob("unfinished.sqlite3*"):
        leftover.unlink()
    there = {"CLAIMDESK_DATABASE_URL": f"sqlite:///{unfinished}"}
    step([*CLAIMDESK, "manage", "migrate", "--verbosity=0"], there)
    step([*CLAIMDESK, "demo"], there)
    with closing(sqlite3.connect(unfinished)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # what stands beside the file comes into it
    unfinished.rename(database)


def step(command: list[str], extra: dict[str, str] | None = None) -> None:
    """Run one command; end as it ends when it fails."""
    outcome = subprocess.run(command, env=os.environ | (extra or {}), check=False)
    if outcome.returncode:
        sys.exit(outcome.returncode)


if __name__ == "__main__":
    main()
