"""The secret key of a new data folder is made once, whole, and for this user alone."""

import stat
import threading
from pathlib import Path

import pytest

from claimdesk.config.configuration import read_configuration


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("CLAIMDESK_SECRET_KEY", raising=False)
    monkeypatch.setenv("CLAIMDESK_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


def test_the_key_is_made_once_and_nobody_else_may_read_it(folder: Path):
    first = read_configuration().secret_key

    assert read_configuration().secret_key == first
    assert len(first) >= 50
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret-key"]


def test_processes_that_start_together_get_one_key(folder: Path):
    found: set[str] = set()
    threads = [threading.Thread(target=lambda: found.add(read_configuration().secret_key)) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 1
