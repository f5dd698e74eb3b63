"""The index on SQLite: hashed keys as the words of a contentless full-text table.

An FTS5 table with `detail=none` takes half the room and a fifth of the time of a table of keys. Its words cannot be
taken out again without knowing them, so a changed customer gets a new row and the old one is left behind: a hit
counts only if MatchEntry still has it. `clear` starts anew.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

CREATE = (
    "CREATE VIRTUAL TABLE customers_matchkeys USING "
    "fts5(keys, content='', detail=none, columnsize=0, tokenize='ascii')"
)
DROP = "DROP TABLE customers_matchkeys"
_UNDER_ONE_KEY = (
    "SELECT %s, customer_id FROM customers_matchentry WHERE id IN "
    "(SELECT rowid FROM customers_matchkeys WHERE customers_matchkeys MATCH '\"' || %s || '\"' LIMIT %s)"
)
_AT_ONCE = 100


def form(keys: Iterable[int]) -> str:
    """Return keys as `write` takes them."""
    return " ".join([f"{key + 0x80000000:x}" for key in keys])


def _word(key: int) -> str:
    return f"{key + 0x80000000:x}"


@transaction.atomic
def write(entries: Sequence[tuple[int, int, str]]) -> None:
    """File customers: (id, digest, keys as `form` makes them), in place of what was filed."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM customers_matchentry WHERE customer_id = %s",
            [(customer,) for customer, _, _ in entries],
        )
    insert(entries)


def insert(entries: Sequence[tuple[int, int, str]]) -> None:
    """File customers that are not filed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'customers_matchentry'")
        last = (cursor.fetchone() or (0,))[0]
        cursor.executemany(
            "INSERT INTO customers_matchentry (id, customer_id, digest) VALUES (%s, %s, %s)",
            [(last + place, customer, digest) for place, (customer, digest, _) in enumerate(entries, 1)],
        )
        cursor.executemany(
            "INSERT INTO customers_matchkeys (rowid, keys) VALUES (%s, %s)",
            [(last + place, keys) for place, (_, _, keys) in enumerate(entries, 1)],
        )


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
    either = [" OR ".join(f'"{_word(key)}"' for key in keys) for keys in (one, other)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT customer_id FROM customers_matchentry WHERE id IN "
            "(SELECT rowid FROM customers_matchkeys WHERE customers_matchkeys MATCH %s LIMIT %s)",
            [f"({either[0]}) AND ({either[1]})", most],
        )
        return [customer for (customer,) in cursor.fetchall()]


def common_keys(least: int) -> list[tuple[int, int]]:
    """Return (key, count) of the keys that at least `least` rows bear."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.customers_matchvocabulary "
            "USING fts5vocab('main', 'customers_matchkeys', 'row')"
        )
        cursor.execute("SELECT term, doc FROM temp.customers_matchvocabulary WHERE doc >= %s", [least])
        return [(int(term, 16) - 0x80000000, count) for term, count in cursor.fetchall()]


@transaction.atomic
def clear() -> None:
    """Forget all keys."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM customers_matchentry")
        cursor.execute("INSERT INTO customers_matchkeys (customers_matchkeys) VALUES ('delete-all')")


def settle() -> None:
    """Put the index in order after much was written."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO customers_matchkeys (customers_matchkeys) VALUES ('optimize')")
