"""The index on PostgreSQL: the column of keys, an array of integers, under a GIN index.

Lookups go through a function that forbids sequential scans: for an array that the planner cannot see, it would
otherwise read the whole table to find the few rows that LIMIT asks for. New keys are gathered in the index's pending
list and filed at the end of each write, all in order: ten times as fast as one by one, and no reader finds a long list.
"""

from collections.abc import Iterable, Sequence

from django.db import connection

CREATE = DROP = "SELECT 1"  # For migration 0002: what it made, 0005 makes anew.
TABLES = (
    "CREATE INDEX customers_matchentry_keys ON customers_matchentry USING gin (keys) "
    "WITH (fastupdate = on, gin_pending_list_limit = 65536)",
    """
CREATE FUNCTION customers_match(asked integer[], most integer) RETURNS TABLE (key integer, customer bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY
    SELECT asked_key, found.customer_id FROM unnest(asked) AS asked_key CROSS JOIN LATERAL (
        SELECT entry.customer_id FROM customers_matchentry AS entry
        WHERE entry.keys @> ARRAY[asked_key] LIMIT most
    ) AS found;
END $$
""",
    """
CREATE FUNCTION customers_match_both(one integer[], other integer[], most integer) RETURNS TABLE (customer bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY
    SELECT entry.customer_id FROM customers_matchentry AS entry
    WHERE entry.keys && one AND entry.keys && other LIMIT most;
END $$
""",
)
NO_TABLES = (
    "DROP FUNCTION IF EXISTS customers_match(integer[], integer)",
    "DROP FUNCTION IF EXISTS customers_match_both(integer[], integer[], integer)",
    "DROP INDEX IF EXISTS customers_matchentry_keys",
)
_NAMES = """
SELECT id, name_folded FROM customers_customer WHERE id = ANY(%(asked)s)
UNION ALL SELECT customer_id, folded FROM customers_alias WHERE kind = 'name' AND customer_id = ANY(%(asked)s)
"""
# What is pending is filed by the same statement: it is one way there and back, and the count comes after the writing.
_WRITE = """
WITH written AS (
    INSERT INTO customers_matchentry AS filed (customer_id, keys)
    SELECT customer, keys::integer[] FROM unnest(%s::bigint[], %s::text[]) AS entry (customer, keys)
    ON CONFLICT (customer_id) DO UPDATE SET keys = excluded.keys WHERE filed.keys <> excluded.keys
    RETURNING 1
)
SELECT gin_clean_pending_list('customers_matchentry_keys')
FROM (SELECT count(*) AS entries FROM written) AS counted WHERE entries > 0
"""
_FILE_PENDING = "SELECT gin_clean_pending_list('customers_matchentry_keys')"


def form(keys: Iterable[int]) -> str:
    """Return keys as `write` takes them."""
    return "{" + ",".join(map(str, keys)) + "}"


def write(entries: Sequence[tuple[int, str]]) -> None:
    """File customers: (id, keys as `form` makes them), where they differ from what was filed."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [[customer for customer, _ in entries], [keys for _, keys in entries]])


def insert(entries: Sequence[tuple[int, str]]) -> None:
    """File customers that are not filed yet."""
    with connection.cursor() as cursor:
        with cursor.copy("COPY customers_matchentry (customer_id, keys) FROM STDIN") as copy:
            copy.write("".join([f"{customer}\t{keys}\n" for customer, keys in entries]))
        cursor.execute(_FILE_PENDING)


def find(keys: Sequence[int], most_per_key: int) -> list[tuple[int, int]]:
    """Return (key, customer) for the customers filed under each key, at most so many for one key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, customer FROM customers_match(%s::integer[], %s)", [list(keys), most_per_key]
        )
        return cursor.fetchall()


def find_both(one: Sequence[int], other: Sequence[int], most: int) -> list[int]:
    """Return at most so many customers that are filed under a key of `one` and under a key of `other`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT customer FROM customers_match_both(%s::integer[], %s::integer[], %s)",
            [list(one), list(other), most],
        )
        return [customer for (customer,) in cursor.fetchall()]


def names_of(customers: Sequence[int]) -> list[tuple[int, str]]:
    """Return the customers with their folded names, the earlier ones too."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, {"asked": list(customers)})
        return cursor.fetchall()


def common_keys(least: int) -> list[tuple[int, int]]:
    """Return (key, count) of the keys that at least `least` customers bear."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, count(*) FROM customers_matchentry, unnest(keys) AS key GROUP BY key HAVING count(*) >= %s",
            [least],
        )
        return cursor.fetchall()


def settle() -> None:
    """Put the index in order after much was written."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_matchentry")
