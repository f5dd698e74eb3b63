"""The index on PostgreSQL: hashed keys as an array of integers under a GIN index.

Lookups go through a function that forbids sequential scans: for an array that the planner cannot see, it would
otherwise read the whole table to find the few rows that LIMIT asks for.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

CREATE = """
ALTER TABLE customers_matchentry ADD COLUMN keys integer[] NOT NULL DEFAULT '{}';
CREATE INDEX customers_matchentry_keys ON customers_matchentry USING gin (keys) WITH (fastupdate = off);
CREATE FUNCTION customers_match(asked integer[], most integer) RETURNS TABLE (key integer, customer bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY
    SELECT asked_key, found.customer_id FROM unnest(asked) AS asked_key CROSS JOIN LATERAL (
        SELECT entry.customer_id FROM customers_matchentry AS entry
        WHERE entry.keys @> ARRAY[asked_key] LIMIT most
    ) AS found;
END $$;
CREATE FUNCTION customers_match_both(one integer[], other integer[], most integer) RETURNS TABLE (customer bigint)
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY
    SELECT entry.customer_id FROM customers_matchentry AS entry
    WHERE entry.keys && one AND entry.keys && other LIMIT most;
END $$;
"""
DROP = """
DROP FUNCTION customers_match(integer[], integer);
DROP FUNCTION customers_match_both(integer[], integer[], integer);
"""


def form(keys: Iterable[int]) -> str:
    """Return keys as `write` takes them."""
    return "{" + ",".join(map(str, keys)) + "}"


@transaction.atomic
def write(entries: Sequence[tuple[int, int, str]]) -> None:
    """File customers: (id, digest, keys as `form` makes them), in place of what was filed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO customers_matchentry (customer_id, digest, keys) "
            "SELECT customer, digest, keys::integer[] FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) "
            "AS entry (customer, digest, keys) "
            "ON CONFLICT (customer_id) DO UPDATE SET digest = excluded.digest, keys = excluded.keys",
            [
                [customer for customer, _, _ in entries],
                [digest for _, digest, _ in entries],
                [keys for _, _, keys in entries],
            ],
        )


def insert(entries: Sequence[tuple[int, int, str]]) -> None:
    """File customers that are not filed yet."""
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY customers_matchentry (customer_id, digest, keys) FROM STDIN") as copy,
    ):
        for entry in entries:
            copy.write_row(entry)


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


def common_keys(least: int) -> list[tuple[int, int]]:
    """Return (key, count) of the keys that at least `least` customers bear."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, count(*) FROM customers_matchentry, unnest(keys) AS key GROUP BY key HAVING count(*) >= %s",
            [least],
        )
        return cursor.fetchall()


def clear() -> None:
    """Forget all keys."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM customers_matchentry")


def settle() -> None:
    """Put the index in order after much was written."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE customers_matchentry")
