"""The index on SQLite: a full-text table over the column of keys, which triggers keep in step with it.

An FTS5 table with `detail=none` takes half the room and a fifth of the time of a table of keys. A word can only be
taken out of it by one who knows it: so the keys stand in the customer's row too, and no dead entries pile up.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

CREATE = DROP = "SELECT 1"  # For migration 0002: what it made, 0005 makes anew.
TABLES = (
    "CREATE VIRTUAL TABLE customers_matchkeys USING fts5(keys, content='customers_matchentry', "
    "content_rowid='customer_id', detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER customers_matchentry_filed AFTER INSERT ON customers_matchentry BEGIN "
    "INSERT INTO customers_matchkeys (rowid, keys) VALUES (new.customer_id, new.keys); END",
    "CREATE TRIGGER customers_matchentry_gone AFTER DELETE ON customers_matchentry BEGIN "
    "INSERT INTO customers_matchkeys (customers_matchkeys, rowid, keys) "
    "VALUES ('delete', old.customer_id, old.keys); END",
    "CREATE TRIGGER customers_matchentry_changed AFTER UPDATE ON customers_matchentry BEGIN "
    "INSERT INTO customers_matchkeys (customers_matchkeys, rowid, keys) "
    "VALUES ('delete', old.customer_id, old.keys); "
    "INSERT INTO customers_matchkeys (rowid, keys) VALUES (new.customer_id, new.keys); END",
)
NO_TABLES = (
    "DROP TRIGGER IF EXISTS customers_matchentry_filed",
    "DROP TRIGGER IF EXISTS customers_matchentry_gone",
    "DROP TRIGGER IF EXISTS customers_matchentry_changed",
    "DROP TABLE IF EXISTS customers_matchkeys",
)
_UNDER_ONE_KEY = (
    "SELECT * FROM (SELECT %s, rowid FROM customers_matchkeys WHERE customers_matchkeys MATCH %s LIMIT %s)"
)
_AT_ONCE = 100
_INSERT = "INSERT INTO customers_matchentry (customer_id, keys) VALUES (%s, %s)"
_WRITE = f"{_INSERT} ON CONFLICT (customer_id) DO UPDATE SET keys = excluded.keys WHERE keys <> excluded.keys"


def form(keys: Iterable[int]) -> str:
    """Return keys as `write` takes them."""
    return " ".join([f"{key & 0xFFFFFFFF:x}" for key in keys])


def write(entries: Sequence[tuple[int, str]]) -> None:
    """File customers: (id, keys as `form` makes them), where they differ from what was filed."""
    with connection.cursor() as cursor:
        cursor.executemany(_WRITE, entries)


def insert(entries: Sequence[tuple[int, str]]) -> None:
    """File customers that are not filed yet."""
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, entries)


def find(keys: Sequence[int], most_per_key: int) -> list[tuple[int, int]]:
    """Return (key, customer) for the customers filed under each key, at most so many for one key."""
    met: list[tuple[int, int]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            values = [value for key in some for value in (key, _word(key), most_per_key)]
            cursor.execute(" UNION ALL ".join([_UNDER_ONE_KEY] * len(some)), values)
            met += cursor.fetchall()
    return met


def find_both(one: Sequence[int], other: Sequence[int], most: int) -> list[int]:
    """Return at most so many customers that are filed under a key of `one` and under a key of `other`."""
    either = [" OR ".join(map(_word, keys)) for keys in (one, other)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM customers_matchkeys WHERE customers_matchkeys MATCH %s LIMIT %s",
            [f"({either[0]}) AND ({either[1]})", most],
        )
        return [customer for (customer,) in cursor.fetchall()]


def common_keys(least: int) -> list[tuple[int, int]]:
    """Return (key, count) of the keys that at least `least` customers bear."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.customers_matchvocabulary "
            "USING fts5vocab('main', 'customers_matchkeys', 'row')"
        )
        cursor.execute("SELECT term, doc FROM temp.customers_matchvocabulary WHERE doc >= %s", [least])
        return [(_key(term), count) for term, count in cursor.fetchall()]


def settle() -> None:
    """Put the index in order after much was written."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO customers_matchkeys (customers_matchkeys) VALUES ('optimize')")


def _word(key: int) -> str:
    return f'"{key & 0xFFFFFFFF:x}"'


def _key(word: str) -> int:
    value = int(word, 16)
    return value - (1 << 32) if value >> 31 else value
