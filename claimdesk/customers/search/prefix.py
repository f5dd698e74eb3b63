"""Words that begin so, by the index of either database.

SQLite walks its binary index between two bounds; its LIKE would not. PostgreSQL's sort order depends on the
language, so there the index compares bytes (varchar_pattern_ops) and serves LIKE.
"""

from django.db import connection
from django.db.models import Q

_LAST = "\U0010ffff"


def beginning_with(field: str, prefix: str) -> Q:
    """Return the condition that `field` begins with `prefix`."""
    if connection.vendor == "postgresql":
        return Q(**{f"{field}__startswith": prefix})
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix + _LAST})
