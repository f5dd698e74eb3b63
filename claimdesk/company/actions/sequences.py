"""Numbers that only grow."""

from django.db import connection, transaction

_DRAW = """
INSERT INTO company_sequence AS drawn (key, last) VALUES (%s, 1)
ON CONFLICT (key) DO UPDATE SET last = drawn.last + 1 RETURNING last
"""


def next_number(key: str) -> int:
    """Return the next number of the sequence `key`, inside the caller's transaction.

    The statement takes the row's lock on PostgreSQL and the database's on SQLite, so that no two callers get one
    number; a transaction that fails leaves a gap, never a number given twice.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("numbers are drawn in the transaction that uses them")
    with connection.cursor() as cursor:
        cursor.execute(_DRAW, [key])
        return int(cursor.fetchone()[0])
