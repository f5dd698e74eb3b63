"""The database: there, up to date, durable, and of the same time as this machine."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from claimdesk.config.checkup.finding import Finding, fail, ok, warn
from claimdesk.config.database_state import pending_migrations
from claimdesk.kernel.clock import now

OLDEST_POSTGRESQL = 140000
NOTICEABLE_SKEW_SECONDS = 2
HARMFUL_SKEW_SECONDS = 20


def reachable() -> Finding:
    """Whether it answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        words = str(error).strip().partition("\n")[0]
        return fail("database", f"unreachable: {words}", "Start it, or correct CLAIMDESK_DATABASE_URL.")
    if connection.vendor == "sqlite":
        return ok("database", f"SQLite at {connection.settings_dict['NAME']}")
    version = connection.connection.info.server_version
    if version < OLDEST_POSTGRESQL:
        return fail("database", f"PostgreSQL {version // 10000} is too old", "Use PostgreSQL 14 or newer.")
    return ok("database", f"PostgreSQL {version // 10000}")


def migrations() -> Finding:
    """Whether it is as this version needs it."""
    pending = pending_migrations()
    if pending:
        advice = "Make a backup (claimdesk backup FILE), then run: claimdesk manage migrate"
        return fail("migrations", f"{len(pending)} pending", advice)
    return ok("migrations", "all applied")


def durability() -> Iterator[Finding]:
    """Whether what is committed survives a power cut."""
    if connection.vendor == "sqlite":
        yield _pragma("journal_mode", "wal", "write-ahead log")
        yield _pragma("synchronous", 2, "commits are flushed to disk")
        yield _on_local_disk()
    else:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            with connection.cursor() as cursor:
                cursor.execute(f"SHOW {name}")
                value = cursor.fetchone()[0]
            advice = f"Set {name} = on in postgresql.conf: the last commits can be lost at a power cut."
            yield warn(name, value, advice) if value == "off" else ok(name, value)


def clock() -> Finding:
    """Whether database and machine agree on the time: leases and codes depend on it."""
    if connection.vendor == "sqlite":
        return ok("clock", "database and machine share it")
    with connection.cursor() as cursor:
        before = now()
        cursor.execute("SELECT clock_timestamp()")
        theirs = cursor.fetchone()[0]
        after = now()
    skew = abs((theirs - (before + (after - before) / 2)).total_seconds())
    text, advice = (
        f"{skew:.1f} s between database and machine",
        "Run a time service (chrony, systemd-timesyncd) on both.",
    )
    if skew > HARMFUL_SKEW_SECONDS:
        return fail("clock", text, advice)
    return warn("clock", text, advice) if skew > NOTICEABLE_SKEW_SECONDS else ok("clock", text)


def _pragma(name: str, expected: str | int, meaning: str) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        value = cursor.fetchone()[0]
    if value == expected:
        return ok(name, meaning)
    return fail(name, f"is {value}", "The file's folder must be writable and on a local disk.")


def _on_local_disk() -> Finding:
    path = Path(str(settings.DATABASES["default"]["NAME"])).resolve()
    kind = _file_system(path)
    if kind in {"nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"}:
        return fail("disk", f"the database lies on {kind}", "Move it to a local disk, or use PostgreSQL.")
    return ok("disk", f"local ({kind})" if kind else "local as far as can be seen")


def _file_system(path: Path) -> str:
    """The kind of file system that `path` lies on, where Linux tells."""
    try:
        lines = Path("/proc/mounts").read_text().splitlines()
    except OSError:
        return ""
    mounts = [(line.split()[1], line.split()[2]) for line in lines]
    above = [(point, kind) for point, kind in mounts if path.is_relative_to(point)]
    return max(above, key=lambda mount: len(mount[0]), default=("", ""))[1]
