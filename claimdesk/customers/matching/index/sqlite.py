"""The index on SQLite: a full-text table over the column of keys; new rows are filed here, triggers follow the rest.

An FTS5 table with `detail=none` takes half the room and a fifth of the time of a table of keys. A word can only be
taken out of it by one who knows it: so the keys stand in the customer's row too, and no dead entries pile up. New rows
have no trigger: FTS5 writes out what it has gathered at each statement that fires one, which doubles its time.
"""

import json
from collections.abc import Collection, Sequence
from itertools import groupby, islice
from operator import itemgetter

from django.db import connection

CREATE = DROP = "SELECT 1"  # For migration 0002: what it made, 0005 makes anew.
TABLES = (
    "CREATE VIRTUAL TABLE customers_matchkeys USING fts5(keys, content='customers_matchentry', "
    "content_rowid='customer_id', detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER customers_matchentry_gone AFTER DELETE ON customers_matchentry BEGIN "
    "INSERT INTO customers_matchkeys (customers_matchkeys, rowid, keys) "
    "VALUES ('delete', old.customer_id, old.keys); END",
    "CREATE TRIGGER customers_matchentry_changed AFTER UPDATE ON customers_matchentry BEGIN "
    "INSERT INTO customers_matchkeys (customers_matchkeys, rowid, keys) "
    "VALUES ('delete', old.customer_id, old.keys); "
    "INSERT INTO customers_matchkeys (rowid, keys) VALUES (new.customer_id, new.keys); END",
)
NO_TRIGGER_OF_NEW = "DROP TRIGGER IF EXISTS customers_matchentry_filed"
NO_TABLES = (
    NO_TRIGGER_OF_NEW,
    "DROP TRIGGER IF EXISTS customers_matchentry_gone",
    "DROP TRIGGER IF EXISTS customers_matchentry_changed",
    "DROP TABLE IF EXISTS customers_matchkeys",
)
# A statement that is the same for any number of keys is compiled once.
_UNDER_KEYS = (
    "SELECT asked.key, found.rowid FROM json_each(%s) AS asked CROSS JOIN customers_matchkeys AS found "
    "WHERE found.customers_matchkeys MATCH asked.value LIMIT %s"
)
_UNDER_ONE_KEY = "SELECT rowid FROM customers_matchkeys WHERE customers_matchkeys MATCH %s LIMIT %s"
_NAMES = """
WITH asked AS (SELECT value FROM json_each(%s))
SELECT id, name_folded FROM asked CROSS JOIN customers_customer ON id = asked.value
UNION ALL
SELECT customer_id, folded FROM asked CROSS JOIN customers_alias ON customer_id = asked.value AND kind = 'name'
"""
_FEW = 4
_MERGE = "INSERT INTO customers_matchkeys (customers_matchkeys, rank) VALUES ('merge', %s)"
_PAGES_AT_ONCE = 500
_LEAST_CHANGES = 2  # the statement itself counts as one; source: SQLite's FTS5, "the merge command"
_FILED = "SELECT customer_id FROM customers_matchentry WHERE customer_id IN (SELECT value FROM json_each(%s))"
_NEW = (
    "INSERT INTO customers_matchentry (customer_id, keys) VALUES (%s, %s)",
    "INSERT INTO customers_matchkeys (rowid, keys) VALUES (%s, %s)",
)
_CHANGE = "UPDATE customers_matchentry SET keys = %s WHERE customer_id = %s AND keys <> %s"


def form(keys: Collection[int]) -> str:
    """Return keys as `write` takes them: all formatted at once, for a million customers have twenty million."""
    return " ".join(["%x"] * len(keys)) % tuple([key & 0xFFFFFFFF for key in keys])


def write(entries: Sequence[tuple[int, str]]) -> None:
    """File customers: (id, keys as `form` makes them), where they differ from what was filed."""
    with connection.cursor() as cursor:
        cursor.execute(_FILED, [json.dumps([customer for customer, _ in entries])])
        filed = {customer for (customer,) in cursor.fetchall()}
        changed = [(keys, customer, keys) for customer, keys in entries if customer in filed]
        if changed:
            cursor.executemany(_CHANGE, changed)
    if new := [entry for entry in entries if entry[0] not in filed]:
        insert(new)


def insert(entries: Sequence[tuple[int, str]]) -> None:
    """File customers that are not filed yet."""
    with connection.cursor() as cursor:
        for statement in _NEW:
            cursor.executemany(statement, entries)


def find(keys: Sequence[int], most_per_key: int) -> list[tuple[int, int]]:
    """Return (key, customer) for the customers filed under each key, at most so many for one key."""
    with connection.cursor() as cursor:
        if len(keys) > _FEW:
            most = most_per_key * len(keys)
            cursor.execute(_UNDER_KEYS, [json.dumps([*map(_word, keys)]), most])
            met = cursor.fetchall()
            if len(met) < most:
                return [(keys[place], customer) for place, customer in _fewest(met, most_per_key)]
        found = []
        for key in keys:
            cursor.execute(_UNDER_ONE_KEY, [_word(key), most_per_key])
            found += [(key, customer) for (customer,) in cursor.fetchall()]
        return found


def _fewest(met: list[tuple[int, int]], most: int) -> list[tuple[int, int]]:
    """Return the first so many of each key; `met` is in the order of keys."""
    if len(met) <= most:
        return met
    return [pair for _, some in groupby(met, itemgetter(0)) for pair in islice(some, most)]


def find_both(one: Sequence[int], other: Sequence[int], most: int) -> list[int]:
    """Return at most so many customers that are filed under a key of `one` and under a key of `other`."""
    either = [" OR ".join(map(_word, keys)) for keys in (one, other)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM customers_matchkeys WHERE customers_matchkeys MATCH %s LIMIT %s",
            [f"({either[0]}) AND ({either[1]})", most],
        )
        return [customer for (customer,) in cursor.fetchall()]


def names_of(customers: Sequence[int]) -> list[tuple[int, str]]:
    """Return the customers with their folded names, the earlier ones too."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [json.dumps(list(customers))])
        return cursor.fetchall()


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
    """Put the index in order after much was written: lookups among pieces that lie apart take four times as long.

    Pieces are merged some pages a transaction, so that no writer waits long; the first call of a round is marked by a
    number below zero, and one that changes nothing was the last.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MERGE, [-_PAGES_AT_ONCE])
        while True:
            cursor.execute("SELECT total_changes()")
            (before,) = cursor.fetchone()
            cursor.execute(_MERGE, [_PAGES_AT_ONCE])
            cursor.execute("SELECT total_changes()")
            if cursor.fetchone()[0] - before < _LEAST_CHANGES:
                return


def _word(key: int) -> str:
    return f'"{key & 0xFFFFFFFF:x}"'


def _key(word: str) -> int:
    value = int(word, 16)
    return value - (1 << 32) if value >> 31 else value
