"""The tables: who gets which answer at which address."""

from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

TABLES = sorted(path.stem for path in Path(__file__).parent.glob("*.txt"))


@dataclass(frozen=True, eq=False)
class Row:
    """One address and method, with the answer that each kind of person gets; `in` sends to the sign-in page."""

    name: str
    method: str
    answers: dict[str, str]


def rows(table: str) -> list[Row]:
    """Return the rows of a table; its first line names the people."""
    head, *lines = Path(__file__).with_name(f"{table}.txt").read_text().splitlines()
    people = head.split()[2:]
    found = []
    for line in lines:
        name, method, *answers = line.split()
        found.append(Row(name, method, dict(zip(people, answers, strict=True))))
    return found


def all_rows() -> list[Row]:
    """Return the rows of all tables."""
    return [row for table in TABLES for row in rows(table)]


def addresses(resolver: URLResolver | None = None, space: str = "") -> dict[str, URLPattern]:
    """Return every address that the house answers, by its full name."""
    found: dict[str, URLPattern] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found |= addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            found[f"{space}{entry.name}"] = entry
    return found
