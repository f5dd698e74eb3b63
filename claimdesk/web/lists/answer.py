"""Answer a request for a list page: the page, the changed part, or a file."""

from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from claimdesk.kernel.clock import now
from claimdesk.people.actions.exports import note_export
from claimdesk.people.queries.saved_views import saved_views
from claimdesk.web.answers import holds, tag_of, unless_unchanged
from claimdesk.web.lists.export import FORMATS, export
from claimdesk.web.lists.found import Found, find, page_of
from claimdesk.web.lists.page import Column, ListPage, Preset
from claimdesk.web.lists.paging import Slice
from claimdesk.web.lists.rows import rows_html
from claimdesk.web.lists.state import State
from claimdesk.web.requests import PageRequest

TARGET = "list"
OFFICE = "web/office.html"


def render_list(request: PageRequest, page: ListPage, **context: Any) -> HttpResponseBase:
    """Return the answer to a GET of `page`; `context` goes to its template.

    Asked by htmx for its list alone, only the list comes, and 304 where it has not changed.
    """
    state = State.of(request, page)
    kind = str(state.parameters.get("format", ""))
    if kind in FORMATS:
        note_export(page.name, kind=kind, query=state.query(), by=request.actor)
        return export(state, kind)
    tag = _version_tag(state)
    if tag and holds(request, tag):
        return HttpResponse(status=304, headers={"ETag": tag, "Cache-Control": "no-store"})
    found = find(state)
    values = {**page.extra, **context, **_values(state, found, page_of(state, found))}
    html = render_to_string("web/lists/_list.html", values, request)
    if request.headers.get("HX-Target") != TARGET:
        values |= {"list_html": mark_safe(html), "list_tag": tag or tag_of(html)}
        return render(request, page.template, values)
    answer = unless_unchanged(request, HttpResponse(html), tag=tag)
    if answer.status_code == 200:
        answer.write(render_to_string("web/lists/_presets.html", {**values, "out_of_band": True}, request))
        if page.layout == OFFICE:
            answer.write(render_to_string("web/_counters.html", {}, request))
        if "X-Live" not in request.headers and len(get_messages(request)):
            answer.write(render_to_string("web/_messages.html", {"out_of_band": True}, request))
        if not request.headers.get("HX-Current-URL", "").endswith(values["here"]):
            answer["HX-Push-Url"] = values["here"]
    return answer


def _version_tag(state: State) -> str:
    """Return the ETag of a list that knows its version without being rendered; ages move on every ten minutes."""
    if state.page.version is None:
        return ""
    actor = state.request.actor
    words = (state.page.version(actor), state.request.get_full_path(), actor.id, get_language())
    return tag_of(f"{words}{int(now().timestamp()) // 600}")


def _values(state: State, found: Found, slice_: Slice) -> dict[str, Any]:
    actor = state.request.actor
    page = state.page
    bulk = page.bulk_for(actor)
    if page.prepare:
        page.prepare(slice_.rows, actor)
    return {
        "page": page,
        "title": page.title,
        "state": state,
        "has_search": page.search is not None,
        "search": state.search,
        "filter_form": state.filterset.form if state.filterset is not None else None,
        "filters_in_use": state.filters_in_use,
        "is_narrowed": state.is_narrowed,
        "count": found.count,
        "is_capped": found.is_capped,
        "columns": [_header(state, column) for column in state.columns],
        "all_columns": [(column, column in state.columns) for column in page.columns],
        "rows": rows_html(page, state.columns, slice_.rows, actor=actor, choosable=bool(bulk)),
        "bulk": bulk,
        "is_ranked": found.ranked is not None,
        "presets": _presets(state),
        "saved_views": [
            {
                "view": view,
                "url": f"{state.request.path}?{view.query}",
                "current": view.query == state.query(),
            }
            for view in saved_views(actor, page.name)
        ],
        "kept": state.kept,
        "other_parameters": state.others("columns"),
        "query": state.query(),
        **_addresses(state, slice_),
    }


def _addresses(state: State, slice_: Slice) -> dict[str, str]:
    """Return where the list leads: here, its neighbours, its ends, its files."""
    return {
        "here": state.url(after=state.parameters.get("after"), before=state.parameters.get("before")),
        "here_unplaced": state.url(),
        "first": state.url() if slice_.before else "",
        "previous": state.url(before=slice_.before) if slice_.before else "",
        "next": state.url(after=slice_.after) if slice_.after else "",
        "last": state.url(before="end") if slice_.after else "",
        "csv": state.url(format="csv"),
        "xlsx": state.url(format="xlsx"),
        "without_filters": state.url_of_the_list,
    }


def _header(state: State, column: Column) -> dict[str, Any]:
    """Return a column with the address that sorts by it, and how it is sorted now."""
    now = ""
    if state.sort.removeprefix("-") == column.name:
        now = "descending" if state.sort.startswith("-") else "ascending"
    word = f"-{column.name}" if now == "ascending" else column.name
    return {"column": column, "sorted": now, "url": state.url(sort=word) if column.sort else ""}


def _presets(state: State) -> list[dict[str, Any]]:
    counts = state.page.counts(state.request.actor) if state.page.counts else {}
    return [_preset(state, preset) | {"count": counts.get(preset.query)} for preset in state.page.presets]


def _preset(state: State, preset: Preset) -> dict[str, Any]:
    """Return a tab with its address; it is current when all its parameters are as it says."""
    wanted = QueryDict(preset.query)
    names = {name for one in state.page.presets for name in QueryDict(one.query)}
    current = all(state.parameters.get(name, "") == wanted.get(name, "") for name in names)
    changes: dict[str, str | None] = {name: wanted.get(name) for name in names}
    return {"label": preset.label, "url": state.url(**changes), "current": current}
