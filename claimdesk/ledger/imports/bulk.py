"""Rows in bulk, on either database: COPY on PostgreSQL, executemany on SQLite."""

import gc
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, models

_USUAL_COLLECTIONS = gc.get_threshold()
_MILLION = 1_000_000


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let Python look for circles when a million objects have stayed: rows hold none, and it would look at each twice."""
    gc.set_threshold(_MILLION, *_USUAL_COLLECTIONS[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL_COLLECTIONS)


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


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    same: Mapping[str, Any] | None = None,
) -> None:
    """Insert `rows`, whose values stand in the order of the field `names`; `same` are the fields alike in all.

    Days, instants and JSON are made fit for the database; the other values must be so already.
    """
    rows = list(rows)
    if not rows:
        return
    alike = tuple(_stored(model, name, value) for name, value in (same or {}).items())
    adapted = [place for place, name in enumerate(names) if _needs_adapting(model, name)]
    if adapted:
        known: dict[Any, Any] = {}
        rows = [_adapted(model, names, row, adapted, known) for row in rows]
    _insert(model, [*names, *(same or {})], [(*row, *alike) for row in rows])


def _insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(quote(field.column) for field in fields)
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join("%s" for _ in names)
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608


def _needs_adapting(model: type[models.Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), models.DateField | models.JSONField)


def _adapted(
    model: type[models.Model],
    names: Sequence[str],
    row: Sequence[Any],
    places: Sequence[int],
    known: dict[Any, Any],
) -> Sequence[Any]:
    """Return a row fit for the database; `known` are the days and instants met before, which are few among many."""
    values = list(row)
    for place in places:
        value = values[place]
        if isinstance(value, date):  # an instant is one, too
            if (place, value) not in known:
                known[place, value] = _stored(model, names[place], value)
            values[place] = known[place, value]
        else:
            values[place] = _stored(model, names[place], value)
    return values


def _stored(model: type[models.Model], name: str, value: Any) -> Any:
    field: Any = model._meta.get_field(name)
    return field.get_db_prep_save(value, connection) if _needs_adapting(model, name) else value
