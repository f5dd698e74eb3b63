"""Which pairs of customers share enough to be compared, found among all at once.

Customers stand in blocks: those who share a key. A scratch file, an SQLite database whatever the product's, sorts the
blocks and adds up what each two share; it holds millions where memory would not.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

LARGEST_BLOCK = 20
ENOUGH_SHARED = 12
COMPARED = 10
Member = tuple[int, int, float]

_SETTINGS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;"
_TABLE = "CREATE TABLE member (key INTEGER, customer INTEGER, worth REAL)"
_SORTED = "CREATE INDEX block ON member (key, customer, worth)"
_BLOCKS = "CREATE TABLE shared AS SELECT key FROM member GROUP BY key HAVING count(*) BETWEEN 2 AND ?"
# CROSS JOIN keeps SQLite to this order of reading.
_PAIRS = """
CREATE TABLE pair AS
SELECT one.customer AS first, other.customer AS second, sum(one.worth) AS worth
FROM shared CROSS JOIN member AS one ON one.key = shared.key
CROSS JOIN member AS other ON other.key = shared.key AND other.customer > one.customer
GROUP BY first, second HAVING sum(one.worth) >= ?
"""
_LIKELIEST = """
SELECT first, second FROM (
    SELECT first, second, row_number() OVER (PARTITION BY first ORDER BY worth DESC, second) AS place FROM pair
) WHERE place <= ? ORDER BY first, second
"""


class Blocks:
    """The scratch file, being filled and then asked."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.executescript(_SETTINGS)
        self.database.execute(_TABLE)

    def add(self, members: Iterable[Member]) -> None:
        """Add (key, customer, worth of sharing the key)."""
        self.database.execute("BEGIN")
        self.database.executemany("INSERT INTO member VALUES (?, ?, ?)", members)
        self.database.execute("COMMIT")

    def pairs(self) -> tuple[int, Iterator[tuple[int, int]]]:
        """Return how many pairs share enough, and these; of each customer those who share most with him."""
        self.database.execute(_SORTED)
        self.database.execute(_BLOCKS, (LARGEST_BLOCK,))
        self.database.execute(_PAIRS, (ENOUGH_SHARED,))
        ((count,),) = self.database.execute("SELECT count(*) FROM pair")
        return count, self.database.execute(_LIKELIEST, (COMPARED,))


@contextmanager
def blocks() -> Iterator[Blocks]:
    """Give blocks to fill, and leave nothing behind."""
    with TemporaryDirectory(prefix="claimdesk-duplicates-") as folder:
        made = Blocks(Path(folder) / "blocks.sqlite3")
        try:
            yield made
        finally:
            made.database.close()
