"""Counting rows up to a cap, several queries in one round trip; no count walks a whole table."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import QuerySet

MOST = 1000


def capped_counts(rows: Mapping[str, QuerySet[Any]], *, most: int = MOST) -> dict[str, int]:
    """Return how many rows each of the named queries finds, counted up to one more than `most`."""
    counts, parameters = [], []
    for each in rows.values():
        query = each.order_by().values("pk")[: most + 1].query
        sql, values = query.get_compiler(connection=connection, elide_empty=False).as_sql()
        counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - the query set's own words
        parameters += values
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", parameters)
        return dict(zip(rows, cursor.fetchone(), strict=True))
