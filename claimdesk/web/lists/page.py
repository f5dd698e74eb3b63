"""What a list page is: a declaration without request or rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django_filters import FilterSet

from claimdesk.kernel.actor import Actor
from claimdesk.web.lists.values import read

Words = Any  # str or a lazy translation


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    `value` is an attribute path ("customer.name") or a function of the row; without it, `name` is the path.
    `sort` is an indexed field of the rows (or a path, "customer__name_key"); without it, nobody sorts by it.
    `cell` shows the row to the actor as safe HTML. `link` gives the address that the value leads to;
    `dialog` opens it in a dialog. The `heading` column names its row for screen readers and on phones.
    `export` replaces the value in files; `exported` False keeps the column out of them.
    """

    name: str
    label: Words
    value: str | Callable[[Any], Any] | None = None
    sort: str = ""
    cell: Callable[[Any, Actor], SafeString] | None = None
    link: Callable[[Any], str] | None = None
    dialog: bool = False
    heading: bool = False
    shown: bool = True
    numeric: bool = False
    export: str | Callable[[Any], Any] | None = None
    exported: bool = True

    def of(self, row: Any) -> Any:
        """Return what the page shows of `row`."""
        return read(row, self.value or self.name)

    def exported_of(self, row: Any) -> Any:
        """Return what files carry of `row`."""
        return read(row, self.export or self.value or self.name)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """A button under chosen rows. It posts `ids`, or `everything` and `query`, to `url` (see `chosen_rows`)."""

    label: Words
    url: Words
    icon: str = ""
    style: str = ""
    permission: str = ""
    confirm: Words = ""


@dataclass(frozen=True, slots=True)
class Empty:
    """What an empty list says: what would stand here, and what one can do."""

    title: Words
    text: Words = ""
    icon: str = "inbox"
    url: Words = ""
    action: Words = ""


@dataclass(frozen=True, slots=True)
class Preset:
    """A tab above the list: a name for some parameters ("status=pending")."""

    label: Words
    query: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A list page.

    `rows` takes the actor and returns the rows that he may see, with whatever the columns need joined.
    `search` takes rows and a text and returns those that hit: as rows, or as their keys, best first.
    `sort` is the column to sort by at first; "-created" sorts downwards.
    `row_url` is where Enter leads; `row_class` marks a row; `template` is the page that holds the list.
    `counts` gives the numbers on the presets, by their query. `version` gives a word that changes whenever a row
    may have: with it, a live list is answered 304 before anything is read or rendered.
    `prepare` reads for all rows of one page at once what cells need beside them.
    `for_files` narrows rows to the fields that files carry: thousands a second are read.
    `live_seconds` asks for changes while the page is visible. `id` of rows and `unit` of counts are for people.
    `kept` are parameters that choose the list itself: searching and clearing filters keep them.
    """

    name: str
    title: Words
    rows: Callable[[Actor], QuerySet[Any]]
    columns: Sequence[Column]
    sort: str
    filters: type[FilterSet] | None = None
    search: Callable[[QuerySet[Any], str], QuerySet[Any] | list[int]] | None = None
    search_hint: Words = ""
    presets: Sequence[Preset] = ()
    counts: Callable[[Actor], dict[str, int]] | None = None
    version: Callable[[Actor], str] | None = None
    prepare: Callable[[Sequence[Any], Actor], None] | None = None
    for_files: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None
    bulk: Sequence[BulkAction] = ()
    empty: Empty | None = None
    row_url: Callable[[Any], str] | None = None
    row_dialog: bool = False
    row_class: Callable[[Any], str] | None = None
    template: str = "web/lists/page.html"
    layout: str = "web/office.html"
    size: int = 25
    kept: Sequence[str] = ()
    live_seconds: int = 0
    extra: dict[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> Column | None:
        """Return the column of that name."""
        return next((column for column in self.columns if column.name == name), None)

    def bulk_for(self, actor: Actor) -> list[BulkAction]:
        """Return the bulk actions that `actor` may use."""
        return [action for action in self.bulk if not action.permission or actor.may(action.permission)]
