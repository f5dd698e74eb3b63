"""Whether the database is there and as this version needs it."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor


class DatabaseNotReady(Exception):
    """The database cannot be used as it is; the message says what to do."""


def pending_migrations() -> list[str]:
    """Return the names of migrations that this version has and the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def applied_migrations() -> list[str]:
    """Return the names of migrations that the database has."""
    loader = MigrationExecutor(connection).loader
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations)


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
