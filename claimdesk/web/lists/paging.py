"""Keyset paging over (sort column, key), forwards and back, as fast at row 1,000,000 as at row 1.

Rows without a value come last in both directions, on both databases: the walk goes through the rows with a
value first, then through those without, each by its index. (`NULLS LAST` would keep SQLite from its index.)
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Coalesce

from claimdesk.web.lists.cursor import END, Cursor, decode, encode, field_at


@dataclass(frozen=True, slots=True)
class Order:
    """The field to sort by and the direction; the key breaks ties in the same direction."""

    path: str
    descending: bool = False

    def fields(self, *, backwards: bool, few: bool = False) -> list[Any]:
        """Return what to sort by.

        Few rows are sorted by a term that no index has: told of a limit, PostgreSQL would walk the index of the sort
        until it has met them, which may be at its other end.
        """
        sign = "-" if self.descending != backwards else ""
        if self.path in ("pk", "id"):
            return [f"{sign}pk"]
        if not few:
            return [f"{sign}{self.path}", f"{sign}pk"]
        value = Coalesce(self.path, self.path)
        return [value.desc() if sign else value.asc(), f"{sign}pk"]


@dataclass(frozen=True, slots=True)
class Slice:
    """One page of rows and the words for its neighbours ("" where there is none)."""

    rows: list[Any]
    before: str = ""
    after: str = ""


def slice_of(
    rows: QuerySet[Any], order: Order, *, after: str = "", before: str = "", size: int, few: bool = False
) -> Slice:
    """Return the page after or before a cursor; the first for nonsense; the last for `before="end"`.

    Takes: `few`, that there are a thousand rows at most.
    """
    if before:
        at = None if before == END else decode(before, rows.model, order.path)
        if before == END or at:
            return _page_before(rows, order, at, size, few)
    at = decode(after, rows.model, order.path) if after else None
    found = _walk(rows, order, at, size + 1, backwards=False, few=few)
    if at and not found:
        return _page_before(rows, order, None, size, few)
    page = found[:size]
    return Slice(
        page,
        before=encode(page[0], order.path) if at and page else "",
        after=encode(page[-1], order.path) if len(found) > size else "",
    )


def _page_before(rows: QuerySet[Any], order: Order, at: Cursor | None, size: int, few: bool) -> Slice:
    found = _walk(rows, order, at, size + 1, backwards=True, few=few)
    if at and len(found) < size:
        return slice_of(rows, order, size=size, few=few)
    page = found[:size][::-1]
    return Slice(
        page,
        before=encode(page[0], order.path) if len(found) > size else "",
        after=encode(page[-1], order.path) if at and page else "",
    )


def _walk(
    rows: QuerySet[Any], order: Order, at: Cursor | None, limit: int, *, backwards: bool, few: bool
) -> list[Model]:
    fields = order.fields(backwards=backwards, few=few)
    if not _may_be_empty(rows.model, order.path):
        return _first(_beyond(rows, order, at, backwards).order_by(*fields), order, limit)
    found: list[Model] = []
    parts = (True, False) if backwards else (False, True)
    first = parts.index(at.value is None) if at else 0
    for number in range(first, len(parts)):
        without_value = parts[number]
        part = rows.filter(**{f"{order.path}__isnull": without_value})
        if number == first:
            part = _beyond(part, order, at, backwards)
        part = part.order_by(*(fields[-1:] if without_value else fields))
        found += _first(part, order, limit - len(found))
        if len(found) >= limit:
            break
    return found


def _first(rows: QuerySet[Any], order: Order, limit: int) -> list[Any]:
    """Return the first rows. Where a neighbour's field sorts them, no index does: then keys are sorted, not rows."""
    if "__" not in order.path:
        return list(rows[:limit])
    keys = list(rows.values_list("pk", flat=True)[:limit])
    by_key = rows.in_bulk(keys)
    return [by_key[key] for key in keys if key in by_key]


def _may_be_empty(model: type[Model], path: str) -> bool:
    parts = path.split("__")
    return any(field_at(model, "__".join(parts[: n + 1])).null for n in range(len(parts)))


def _beyond(rows: QuerySet[Any], order: Order, at: Cursor | None, backwards: bool) -> QuerySet[Any]:
    """Narrow to the rows beyond the cursor. The redundant first bound lets SQLite walk the index."""
    if at is None:
        return rows
    side = "lt" if order.descending != backwards else "gt"
    if order.path in ("pk", "id") or at.value is None:
        return rows.filter(**{f"pk__{side}": at.key})
    path, value = order.path, at.value
    return rows.filter(**{f"{path}__{side}e": value}).filter(
        Q(**{f"{path}__{side}": value}) | Q(**{path: value, f"pk__{side}": at.key})
    )
