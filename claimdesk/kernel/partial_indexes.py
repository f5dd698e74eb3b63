"""Words that stand in the condition of a partial index, spelled out: for a parameter SQLite passes the index over."""

from django.db.models.expressions import RawSQL


def as_in_the_index(word: str) -> RawSQL:
    """Return one of the house's own words as a literal of SQL; never what somebody typed."""
    if not word.replace("_", "").isalnum() and word:
        raise ValueError(f"{word!r} is no word of an index")
    return RawSQL(f"'{word}'", ())  # noqa: S611 - a word of the house
