"""Where the databases differ in locking: PostgreSQL locks rows and skips locked ones, SQLite locks the file."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def lock(rows: QuerySet[Row], *, of: Sequence[str] = ()) -> QuerySet[Row]:
    """Return `rows` locked for this transaction, without those that another transaction holds.

    Takes: `of`, which of the joined rows; all of them by default.

    On SQLite the transaction, IMMEDIATE from its start, is the lock already.
    """
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True, of=of)
    return rows


def skip_locked() -> str:
    """Return what a SELECT ends in to do the same in SQL; an UPDATE of SQLite holds the file from its start."""
    return "FOR UPDATE SKIP LOCKED" if connection.features.has_select_for_update_skip_locked else ""
