"""Every dependency is wished for, locked and explained."""

import re
import subprocess
import sys
import tomllib

from tests.standing.conftest import HOUSE


def names(wishes: list[str]) -> set[str]:
    """The names of packages, without versions and extras."""
    return {re.match(r"[\w.-]+", wish)[0] for wish in wishes}


def test_every_dependency_has_its_reason():
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())
    wished = names(project["project"]["dependencies"]) | names(project["dependency-groups"]["dev"])
    explained = (HOUSE / "docs/decisions/0002-dependencies.md").read_text()
    rows = re.findall(r"^\| ([\w, .-]+) \|", explained, re.M)

    assert {name for row in rows for name in row.split(", ")} - {"package"} == wished


def test_locks_answer_the_wishes_of_today():
    look = subprocess.run(
        [sys.executable, "scripts/lock.py", "--check"], cwd=HOUSE, capture_output=True, text=True
    )

    assert look.returncode == 0, look.stderr


def test_locks_hold_a_hash_for_everything():
    for name in ("run", "dev"):
        lock = (HOUSE / "requirements" / f"{name}.txt").read_text()
        pinned = re.findall(r"^[a-z0-9._-]+==", lock, re.M)
        hashed = re.findall(r"^[a-z0-9._-]+==[^\n]*\\\n +--hash=sha256:", lock, re.M)

        assert len(pinned) == len(hashed) > 20
