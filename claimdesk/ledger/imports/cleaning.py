"""Cleaners of cells: text in, value out, ValueError with the reason."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from claimdesk.kernel.tables.guarding import unguarded
from claimdesk.kernel.text import fold_email, tidy

Clean = Callable[[str], Any]
_EMAIL = re.compile(r"[^@\s\"(),:;<>\[\\\]]+@[^@\s\"(),:;<>\[\\\]]+\.[^@\s.\"(),:;<>\[\\\]]{2,}")
_TRUE = frozenset(("1", "yes", "true", "y", "ja", "x"))
_FALSE = frozenset(("", "0", "no", "false", "n", "nein"))


def text(limit: int) -> Clean:
    """Return a cleaner of one line of text of at most `limit` characters."""

    def clean(value: str) -> str:
        value = unguarded(value.strip())
        if not value.isascii() or not value.isprintable() or "  " in value:
            value = tidy(value)
        if len(value) > limit:
            raise ValueError(f"is {len(value)} characters long, at most {limit} fit")
        return value

    return clean


def long_text(value: str) -> str:
    """Clean text of several lines."""
    return "\n".join(tidy(line) for line in unguarded(value.strip()).splitlines())[:10_000]


def email(value: str) -> str:
    """Clean an e-mail address; empty is allowed."""
    value = value.strip()
    if not value:
        return ""
    if len(value) > 254 or not _EMAIL.fullmatch(value):
        raise ValueError(f"{value[:80]!r} is no e-mail address")
    return fold_email(value)


def choice(values: dict[str, str]) -> Clean:
    """Return a cleaner of one of `values` (their spelling folded = ours)."""

    def clean(value: str) -> str:
        folded = value.strip().casefold()
        if folded not in values:
            raise ValueError(f"{value[:40]!r} is none of {', '.join(values)}")
        return values[folded]

    return clean


def day(value: str) -> date:
    """Clean a day as ISO 8601 (2026-11-24); anything ambiguous is refused."""
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        raise ValueError(f"{value[:40]!r} is no day like 2026-11-24") from None


def flag(value: str) -> bool:
    """Clean yes or no."""
    folded = value.strip().casefold()
    if folded in _TRUE:
        return True
    if folded in _FALSE:
        return False
    raise ValueError(f"{value[:40]!r} is neither yes nor no")


def percent(value: str) -> int:
    """Clean a percentage ("2.5") into basis points (250)."""
    folded = value.strip().rstrip("%").strip().replace(",", ".") or "0"
    if not re.fullmatch(r"\d{1,3}(\.\d{1,2})?", folded) or float(folded) > 100:
        raise ValueError(f"{value[:40]!r} is no percentage between 0 and 100")
    whole, _dot, part = folded.partition(".")
    return int(whole) * 100 + int((part + "00")[:2])


def word_list(value: str) -> list[str]:
    """Clean words separated by semicolons."""
    return [tidy(word)[:80] for word in value.split(";") if word.strip()]
