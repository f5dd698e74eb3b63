"""Which rows a state finds, counted up to a cap, by the way that stays fast.

Few hits are fetched by the filter and then sorted; many are walked along the index of the sort; a search ranks
its first 1,000 hits.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from claimdesk.kernel.counting import capped_counts
from claimdesk.web.lists.paging import Slice, slice_of
from claimdesk.web.lists.state import State

CAP = 1000
PLACE = "r"


@dataclass(frozen=True, slots=True)
class Found:
    """Rows to page over. `count` stops at CAP; `ranked` holds the keys of a search, best first.

    `is_few` where the rows are named by their keys.
    """

    rows: QuerySet[Any]
    count: int
    ranked: list[int] | None = None
    is_few: bool = False

    @property
    def is_capped(self) -> bool:
        return self.count > CAP


def matching(state: State) -> QuerySet[Any]:
    """Return all rows that match the state's search and filters, unsorted; for exports and bulk actions."""
    rows = state.filtered
    if state.search and state.page.search:
        hits = state.page.search(rows, state.search)
        return rows.filter(pk__in=hits) if isinstance(hits, list) else hits
    return rows


def find(state: State) -> Found:
    """Return what the state finds, with a capped count. At most one query beside those of the search."""
    rows = state.filtered
    if state.search and state.page.search:
        hits = state.page.search(rows, state.search)
        if isinstance(hits, list):
            return _ranked(state, hits[: CAP + 1])
        rows = hits
    if not state.is_narrowed:
        return Found(rows, capped_counts({"rows": rows}, most=CAP)["rows"])
    keys = list(rows.order_by().values_list("pk", flat=True)[: CAP + 1])
    if len(keys) > CAP and not state.search:
        return Found(rows, len(keys))
    return Found(state.scoped.filter(pk__in=keys[:CAP]), len(keys), is_few=True)


def _ranked(state: State, hits: list[int]) -> Found:
    if state.asked_sort:
        return Found(state.scoped.filter(pk__in=hits[:CAP]), len(hits), is_few=True)
    return Found(state.scoped, len(hits), hits[:CAP])


def page_of(state: State, found: Found) -> Slice:
    """Return the page of rows that the state asks for."""
    after, before = state.parameters.get("after", ""), state.parameters.get("before", "")
    size = state.page.size
    if found.ranked is None:
        return slice_of(found.rows, state.order, after=after, before=before, size=size, few=found.is_few)
    return _ranked_page(found, found.ranked, after, before, size)


def _ranked_page(found: Found, ranked: list[int], after: str, before: str, size: int) -> Slice:
    """Page through ranked keys by place: there are a thousand at most."""
    last = (len(ranked) - 1) // size * size if ranked else 0
    start = last if before == "end" else _place(after or before)
    start = min(max(start, 0), last)
    keys = ranked[start : start + size]
    by_key = found.rows.in_bulk(keys)
    return Slice(
        [by_key[key] for key in keys if key in by_key],
        before=f"{PLACE}{start - size}" if start > 0 else "",
        after=f"{PLACE}{start + size}" if start + size < len(ranked) else "",
    )


def _place(word: str) -> int:
    digits = word.removeprefix(PLACE)
    return (
        int(digits)
        if word.startswith(PLACE) and digits.isascii() and digits.isdigit() and len(digits) < 6
        else 0
    )
