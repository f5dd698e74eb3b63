"""What a domain says of a kind of row that it can take."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise

from claimdesk.ledger.models import Import


class RowRefused(Exception):
    """A row that cannot be taken; the message is the reason, for the file of rejects."""


@dataclass(frozen=True, slots=True, eq=False)  # each is itself: hashing a label would translate it
class Column:
    """One of our columns. `clean` makes the value of a cell or raises ValueError with the reason.

    `words` are other names under which people's files have it.
    """

    name: str
    label: str | Promise
    clean: Callable[[str], Any]
    words: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(slots=True)
class PreparedRow:
    """A row on its way: where it stood, by what it is recognised, and its cleaned values."""

    line: int
    key: str
    digest: str
    values: dict[str, Any]
    extra: Any


@dataclass(slots=True)
class Batch:
    """What `write` is given and fills in: rows to write, and counts and refusals as they come out."""

    run: Import
    rows: list[PreparedRow]
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, row: PreparedRow, reason: str) -> None:
        self.refused.append((row.line, reason))


class Importer(Protocol):
    """One kind of row.

    `position` is its place in the order in which a seller needs the kinds. `key_of` makes of the cells of `key_columns` by what a row is recognised.
    `known` gives the digests of the rows on file among these keys. `prepare` is pure and runs in other processes: it
    refuses cleaned values by RowRefused, or returns what else `write` shall find in `extra`. `write` runs inside the
    chunk's transaction and looks again at what is known, since rivals may have written meanwhile. `export` yields what
    is on file in the same columns, so that what was exported can be imported again.
    """

    kind: str
    label: str | Promise
    position: int
    permission: str
    columns: tuple[Column, ...]
    key_columns: tuple[str, ...]

    def key_of(self, *values: str) -> str: ...

    def known(self, keys: list[str]) -> dict[str, str]: ...

    def prepare(self, values: dict[str, Any]) -> Any: ...

    def write(self, batch: Batch) -> None: ...

    def finish(self, run: Import) -> None: ...

    def export(self) -> Iterator[list[str]]: ...
