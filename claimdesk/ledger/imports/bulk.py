"""Rows in bulk, on either database: COPY on PostgreSQL, executemany on SQLite."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models


@contextmanager
def without_mapped_pages() -> Iterator[None]:
    """On SQLite, read the file by copying pages: an import touches all of it, and mapped pages count as our memory."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA mmap_size")
        mapped = (cursor.fetchone() or (0,))[0]
        cursor.execute("PRAGMA mmap_size = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA mmap_size = {int(mapped)}")


def allocate_keys(model: type[models.Model], count: int) -> list[int]:
    """Return `count` primary keys that nobody else gets, inside the caller's transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = (row[0] if row else 0) + 1
    return list(range(first, first + count))


def select_among(select: str, column: str, values: Collection[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of `select` ("SELECT … WHERE") whose `column` is among thousands of values.

    They go over as one parameter; the ORM's one each costs more than the lookup itself.
    """
    if not values:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"{select} {column} = ANY(%s)", [list(values)])
        else:
            among = f"{select} {column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - our own names
            cursor.execute(among, [json.dumps(list(values))])
        return cursor.fetchall()


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows`, whose values stand in the order of the field `names`; the rest takes its default."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            rows = list(rows)  # what they ask the database as they come must be asked before COPY begins
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("%s" for _ in fields)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(_adapted(fields, rows)))  # noqa: S608


def _adapted(fields: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    adapters = [
        (place, field)
        for place, field in enumerate(fields)
        if isinstance(field, models.DateTimeField | models.DateField | models.JSONField)
    ]
    if not adapters:
        return rows
    return _with_adapted(adapters, rows)


def _with_adapted(adapters: list[tuple[int, Any]], rows: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
    cache: dict[tuple[int, Any], Any] = {}
    for row in rows:
        adapted = list(row)
        for place, field in adapters:
            value = adapted[place]
            if value is not None:
                kept = cache.get((place, value))
                if kept is None:
                    kept = cache[place, value] = field.get_db_prep_save(value, connection)
                adapted[place] = kept
        yield adapted
