"""Backup and restore, on real databases in files and on servers."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as loaded
from django.db import connection

from claimdesk.config.backup.archive import BackupError
from claimdesk.config.backup.restore import restore_backup
from claimdesk.config.backup.write import write_backup
from claimdesk.config.database_state import pending_migrations
from tests import make, processes

pytestmark = [pytest.mark.courier, pytest.mark.django_db(transaction=True)]
LOGO = b"\x89PNG" * 1000


@pytest.fixture
def folder(tmp_path, settings) -> Path:
    """The data folder of a house whose database is the test's, with an uploaded file and a customer."""
    here = tmp_path / "here"
    settings.CONFIGURATION = replace(loaded.CONFIGURATION, data_dir=here, is_secret_key_given=False)
    settings.MEDIA_ROOT = here / "files"
    (here / "files" / "logos").mkdir(parents=True)
    (here / "files" / "logos" / "logo ü.png").write_bytes(LOGO)
    (here / "secret-key").write_text("the first key")
    make.customer(name="Müller & Söhne")
    return here


@pytest.fixture
def backup(folder, tmp_path) -> Path:
    path = tmp_path / "house.backup"
    write_backup(path)
    return path


def command(*arguments: str, url: str, data_dir: Path) -> subprocess.CompletedProcess:
    """Run `claimdesk …` for another house."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CLAIMDESK_")}
    own = {"CLAIMDESK_DATABASE_URL": url, "CLAIMDESK_DATA_DIR": str(data_dir)}
    return subprocess.run(
        [sys.executable, "-m", "claimdesk", *arguments],
        env=kept | own | {"DJANGO_SETTINGS_MODULE": "claimdesk.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


def names_of_customers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM customers_customer ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


def forge(backup: Path, member: str, content: bytes) -> None:
    """Replace a member without telling the manifest."""
    with zipfile.ZipFile(backup) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(backup, "w") as archive:
        for name, before in members.items():
            archive.writestr(name, content if name == member else before)


def manifest_of(backup: Path) -> dict:
    with zipfile.ZipFile(backup) as archive:
        return json.loads(archive.read("manifest.json"))


def hidden(folder: Path) -> list[str]:
    """What is left over from working."""
    return [path.name for path in folder.iterdir() if path.name.startswith(".") or "before" in path.name]


def test_what_is_backed_up_comes_back_whole(folder, backup):
    make.customer(name="Came later")
    (folder / "files" / "later.txt").write_text("later")
    (folder / "secret-key").write_text("another key")

    restore_backup(backup, force=True)

    assert names_of_customers() == ["Müller & Söhne"]
    assert (folder / "files" / "logos" / "logo ü.png").read_bytes() == LOGO
    assert [path.name for path in (folder / "files").iterdir()] == ["logos"]
    assert (folder / "secret-key").read_text() == "the first key"
    assert (folder / "secret-key").stat().st_mode & 0o777 == 0o600
    assert hidden(folder) == []
    assert pending_migrations() == []


def test_a_backup_is_for_its_owner_alone_and_says_what_it_holds(backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    manifest = manifest_of(backup)
    assert set(manifest["checksums"]) == {"database", "files/logos/logo ü.png", "secret-key"}
    assert manifest["vendor"] == connection.vendor
    assert hidden(backup.parent) == []


def test_a_configured_secret_key_is_not_in_the_backup(folder, tmp_path, settings):
    settings.CONFIGURATION = replace(settings.CONFIGURATION, is_secret_key_given=True)

    manifest = write_backup(tmp_path / "without.backup")

    assert "secret-key" not in manifest.checksums


def test_a_backup_overwrites_no_other_unasked(backup):
    before = backup.read_bytes()

    with pytest.raises(BackupError, match="--force"):
        write_backup(backup)

    assert backup.read_bytes() == before
    write_backup(backup, overwrite=True)
    assert manifest_of(backup)["format"] == 1


def test_a_database_that_holds_something_is_not_replaced_unasked(backup):
    make.customer(name="Came later")

    with pytest.raises(BackupError, match="--force"):
        restore_backup(backup)

    assert names_of_customers() == ["Müller & Söhne", "Came later"]


@pytest.mark.parametrize("member", ["database", "files/logos/logo ü.png", "secret-key"])
def test_a_damaged_backup_changes_nothing(folder, backup, member):
    make.customer(name="Came later")
    forge(backup, member, b"something else")

    with pytest.raises(BackupError, match="damaged"):
        restore_backup(backup, force=True)

    assert names_of_customers() == ["Müller & Söhne", "Came later"]
    assert (folder / "files" / "logos" / "logo ü.png").read_bytes() == LOGO
    assert hidden(folder) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("migrations", ["customers.9999_next_year"], "newer"),
        ("vendor", "oracle", "oracle"),
        ("format", 2, "format 2"),
        ("checksums", {"../../outside": "00"}, "damaged"),
    ],
)
def test_a_backup_that_does_not_fit_changes_nothing(backup, name, value, words):
    forge(backup, "manifest.json", json.dumps(manifest_of(backup) | {name: value}).encode())

    with pytest.raises(BackupError, match=words):
        restore_backup(backup, force=True)

    assert names_of_customers() == ["Müller & Söhne"]


def test_a_forged_backup_writes_nowhere_else(folder, tmp_path):
    path = tmp_path / "forged.backup"
    values = {"version": "1", "created_at": "", "vendor": connection.vendor, "migrations": []}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../outside", b"x")
        archive.writestr(
            "manifest.json", json.dumps({"format": 1, "checksums": {"../../outside": ""}, **values})
        )

    with pytest.raises(BackupError, match="forged"):
        restore_backup(path, force=True)

    assert not (tmp_path / "outside").exists()


def test_anything_else_is_no_backup(folder, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear customer")

    with pytest.raises(BackupError, match="cannot be read as a backup"):
        restore_backup(tmp_path / "letter.txt", force=True)


def test_a_backup_moves_into_a_new_house(backup, tmp_path):
    new = tmp_path / "new"
    if connection.vendor == "sqlite":
        url = f"sqlite:///{new}/claimdesk.sqlite3"
    else:
        url = processes.database_url().rpartition("/")[0] + "/new_house"
        statement("CREATE DATABASE new_house")

    restored = command("restore", str(backup), url=url, data_dir=new)
    migrated = command("manage", "migrate", "--check", url=url, data_dir=new)

    assert (restored.returncode, restored.stderr) == (0, "")
    assert "1 uploaded files" in restored.stdout
    assert migrated.returncode == 0
    if connection.vendor == "postgresql":
        statement("DROP DATABASE new_house WITH (FORCE)")


def statement(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
