"""Whether the database is there and as this version needs it."""

from functools import cache

from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class DatabaseNotReady(Exception):
    """The database cannot be used as it is; the message says what to do."""


@cache
def own_migrations() -> frozenset[str]:
    """Return the names of the migrations that this version has; a process reads them once, for they are code."""
    return frozenset(".".join(node) for node in MigrationLoader(None).graph.nodes)


def applied_migrations() -> list[str]:
    """Return the names of migrations that the database has."""
    return sorted(map(".".join, MigrationRecorder(connection).applied_migrations()))


def pending_migrations() -> list[str]:
    """Return the names of migrations that this version has and the database lacks."""
    return sorted(own_migrations() - set(applied_migrations()))


def require_ready_database() -> None:
    """Return if the database is reachable and up to date.

    Raises: DatabaseNotReady.
    """
    try:
        pending = pending_migrations()
        is_empty = not connection.introspection.table_names()
    except DatabaseError as error:
        raise DatabaseNotReady(f"the database cannot be reached: {error}".strip()) from error
    finally:
        connection.close()
    if is_empty:
        raise DatabaseNotReady(
            "the database is empty; run: claimdesk init --email YOU@EXAMPLE.COM --name YOU"
        )
    if pending:
        raise DatabaseNotReady(
            f"the database lacks {len(pending)} migrations of this version; "
            "make a backup (claimdesk backup FILE), then run: claimdesk manage migrate"
        )
