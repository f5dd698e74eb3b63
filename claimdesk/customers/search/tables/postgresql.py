"""Words on PostgreSQL: a row a word, under a b-tree that compares bytes, whatever language the database sorts in.

A GIN index of text search would be smaller, but reads all that begins like a word before the first hit comes out.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

CREATE = [
    'CREATE TABLE customers_searchword (kind smallint, row_id bigint, word varchar(60) COLLATE "C", '
    "PRIMARY KEY (kind, word, row_id))",
    "CREATE INDEX customers_searchword_row ON customers_searchword (kind, row_id)",
]
DROP = ["DROP TABLE customers_searchword"]
_KINDS = {"customer": 1, "contact": 2}
_LAST = "\U0010ffff"
_MOST_COUNTED = 5_000
_FEW = 200  # COPY is there for many: it goes to the server and back three times
_INSERT = """
INSERT INTO customers_searchword (kind, row_id, word)
SELECT %s, filed.row_id, filed.word FROM unnest(%s::bigint[], %s::text[]) AS filed (row_id, word)
"""


def insert(kind: str, rows: Iterable[tuple[int, str]]) -> None:
    """File rows that have no words yet, in the order of the index: (key, words with a blank between)."""
    number = _KINDS[kind]
    words = sorted((word, key) for key, found in rows for word in found.split())
    if len(words) <= _FEW:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, [number, [key for _word, key in words], [word for word, _key in words]])
        return
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY customers_searchword (kind, row_id, word) FROM STDIN") as copy,
    ):
        # As one text: words have no blanks of any kind, so nothing but backslashes needs to be escaped.
        text = "".join([f"{number}\t{key}\t{word}\n" for word, key in words])
        copy.write(text.replace("\\", "\\\\"))


def forget(kind: str, keys: Sequence[int]) -> None:
    """Drop the words of rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM customers_searchword WHERE kind = %s AND row_id = ANY(%s)",
            [_KINDS[kind], list(keys)],
        )


def hits(kind: str, asked: list[list[str]], most: int) -> list[int]:
    """Return at most so many keys of rows that have, for each word asked, one that begins like a meaning of it.

    The rarest word is looked up, the others are asked of its hits.
    """
    rarest, *others = _by_rarity(kind, asked)
    begins, values = _begins("found", rarest)
    sql = f"SELECT row_id FROM customers_searchword AS found WHERE kind = %s AND ({begins})"  # noqa: S608
    parameters: list[Any] = [_KINDS[kind], *values]
    for meant in others:
        exists, values = _exists(kind, meant, "found.row_id")
        sql += f" AND {exists}"
        parameters += values
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s", [*parameters, 2 * most])
        return list(dict.fromkeys(key for (key,) in cursor.fetchall()))[:most]


def condition(kind: str, asked: list[list[str]], outer: str) -> RawSQL:
    """Return the condition that the row whose key is `outer` ("table"."id") is such a hit."""
    parts = [_exists(kind, meant, outer) for meant in asked]
    sql = " AND ".join(exists for exists, _ in parts)
    values = [value for _, some in parts for value in some]
    return RawSQL(sql, values, output_field=BooleanField())  # noqa: S611 - names of ours alone


def _exists(kind: str, meant: list[str], outer: str) -> tuple[str, list[Any]]:
    begins, values = _begins("other", meant)
    sql = (
        "EXISTS (SELECT 1 FROM customers_searchword AS other "  # noqa: S608 - names of ours alone
        f"WHERE other.kind = %s AND other.row_id = {outer} AND ({begins}))"
    )
    return sql, [_KINDS[kind], *values]


def _begins(table: str, meant: list[str]) -> tuple[str, list[Any]]:
    sql = " OR ".join(f"({table}.word >= %s AND {table}.word < %s)" for _ in meant)
    return sql, [value for word in meant for value in (word, word + _LAST)]


def _by_rarity(kind: str, asked: list[list[str]]) -> list[list[str]]:
    """Return the words, the rarest first, by one query."""
    if len(asked) == 1:
        return asked
    counts, parameters = [], []
    for meant in asked:
        begins, values = _begins("customers_searchword", meant)
        counts.append(
            f"(SELECT count(*) FROM (SELECT 1 FROM customers_searchword WHERE kind = %s AND ({begins}) LIMIT %s) AS found)"  # noqa: S608
        )
        parameters += [_KINDS[kind], *values, _MOST_COUNTED]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counts)}", parameters)
        ranked = sorted(zip(cursor.fetchone(), range(len(asked)), strict=True))
    return [asked[place] for _count, place in ranked]


def clear() -> None:
    """Forget all words."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM customers_searchword")
