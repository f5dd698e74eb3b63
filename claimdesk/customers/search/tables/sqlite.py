"""Words on SQLite: a full-text table a kind of row, whose rowid is the row's key.

A row takes a fifth of the time and of the room that it takes as rows of words under a b-tree. Beginnings of up to two
letters have an index of their own, for else all words of that beginning would be read.
Source: https://www.sqlite.org/fts5.html (detail=none, prefix)
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

# What stands between words is a blank; quotes would end a word of a question (`customers.search.words` has none).
_LETTERS = "!#$%&()*+,-./:;<=>?@[\\]^_`{|}~"
_TABLES = {"customer": "customers_customerwords", "contact": "customers_contactwords"}
CREATE = [
    f"CREATE VIRTUAL TABLE {table} USING fts5(words, detail=none, columnsize=0, prefix='1 2', "
    f"tokenize=\"ascii tokenchars '{_LETTERS}'\")"
    for table in _TABLES.values()
]
DROP = [f"DROP TABLE {table}" for table in _TABLES.values()]


def insert(kind: str, rows: Iterable[tuple[int, str]]) -> None:
    """File rows that have no words yet: (key, words with a blank between)."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_TABLES[kind]} (rowid, words) VALUES (%s, %s)",  # noqa: S608 - one of our own names
            list(rows),
        )


def forget(kind: str, keys: Sequence[int]) -> None:
    """Drop the words of rows."""
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {_TABLES[kind]} WHERE rowid = %s", [(key,) for key in keys])  # noqa: S608 - our own names


def hits(kind: str, asked: list[list[str]], most: int) -> list[int]:
    """Return at most so many keys of rows that have, for each word asked, one that begins like a meaning of it.

    Rows that have the words whole come first: the index gives them out one after another, but those of a beginning
    only when it has read all, which takes 15 ms for the "gmbh" of a million customers.
    """
    table = _TABLES[kind]
    rows = f"SELECT rowid FROM {table} WHERE {table} MATCH %s"  # noqa: S608 - one of our own names
    with connection.cursor() as cursor:
        cursor.execute(
            f"{rows} UNION ALL {rows} LIMIT %s", [_match(asked, ""), _match(asked, " *"), 2 * most]
        )
        return list(dict.fromkeys(key for (key,) in cursor.fetchall()))[:most]


def condition(kind: str, asked: list[list[str]], outer: str) -> RawSQL:
    """Return the condition that the row whose key is `outer` ("table"."id") is such a hit.

    All hits are gathered once: to look each row up would read all that begins like the word for each.
    """
    table = _TABLES[kind]
    among = f"{outer} IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)"  # noqa: S608 - our own names
    return RawSQL(among, [_match(asked, " *")], output_field=BooleanField())  # noqa: S611 - names of ours alone


def _match(asked: list[list[str]], ending: str) -> str:
    return " AND ".join("(" + " OR ".join(f'"{word}"{ending}' for word in meant) + ")" for meant in asked)


def clear() -> None:
    """Forget all words."""
    with connection.cursor() as cursor:
        for table in _TABLES.values():
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - one of our own names
