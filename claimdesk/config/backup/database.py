"""Where the databases differ in being copied: SQLite copies itself page by page, PostgreSQL has programs for it."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection

from claimdesk.config.backup.archive import BackupError

EMPTY_FIRST = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


def copy_database(target: Path) -> None:
    """Write the database as it is at one moment to `target`, while others read and write it."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        check_copy(target)
    else:
        _run([_program("pg_dump"), "--format=custom", "--no-owner", f"--file={target}"])


def check_copy(source: Path) -> None:
    """Raise BackupError if a copied SQLite file is damaged."""
    try:
        with closing(sqlite3.connect(source)) as copy:
            [answer] = copy.execute("PRAGMA quick_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupError(f"the copy of the database cannot be read: {error}") from error
    if answer != "ok":
        raise BackupError(f"the copy of the database is damaged: {answer}")


def replace_database(source: Path) -> None:
    """Put the copy in `source` in the place of the present database, whole or not at all."""
    if connection.vendor == "sqlite":
        check_copy(source)
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=WAL")
    else:
        connection.close()
        script = source.with_suffix(".sql")
        _run([_program("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(source)])
        options = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction"]
        _run([_program("psql"), *options, f"--command={EMPTY_FIRST}", f"--file={script}"])
    connection.close()


def is_empty() -> bool:
    """Tell whether the database holds nothing yet, tables neither."""
    return not connection.introspection.table_names()


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise BackupError(
            f"{name} is missing: install PostgreSQL's client programs (Debian: postgresql-client)"
        )
    return path


def _run(command: list[str]) -> None:
    outcome = subprocess.run(  # noqa: S603 - our own words, no shell
        command, env=os.environ | _environment(), capture_output=True, text=True, check=False
    )
    if outcome.returncode:
        words = outcome.stderr.strip().splitlines() or ["no reason given"]
        raise BackupError(f"{Path(command[0]).name} failed: {words[0]}")


def _environment() -> dict[str, str]:
    """The database's address as PostgreSQL's programs know it; the password is in no process list."""
    settings = connection.settings_dict
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    given = {name: str(settings[key]) for name, key in names.items() if settings[key]}
    options = {
        f"PG{key.upper()}": str(value) for key, value in settings["OPTIONS"].items() if key == "sslmode"
    }
    return given | options
