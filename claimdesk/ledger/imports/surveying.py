"""The first look at a file: how many rows, which stand twice, which are on file as they are."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from claimdesk.kernel.tables import Table
from claimdesk.kernel.tables.mapping import Compiled
from claimdesk.ledger.imports.compiling import Cells, digester, keyer
from claimdesk.ledger.imports.importer import Importer

NEWS, SAME, SKIPPED, TOO_LONG = range(4)
_NO_KEY = 0
_SORTED_IN_PARTS = 8
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file holds: of each row its mark and the hash of its key, nine bytes; and which hashes come twice."""

    marks: bytearray
    keys: "array[int]"
    twice: frozenset[int]

    @property
    def total(self) -> int:
        return len(self.marks)

    @property
    def news(self) -> int:
        return self.marks.count(NEWS)

    def has_nothing_to_do(self, start: int, end: int) -> bool:
        """Tell whether the rows from `start` to before `end` need not be read again."""
        part = self.marks[start:end]
        return not self.twice and NEWS not in part and TOO_LONG not in part


def survey(
    importer: Importer, table: Table, compiled: Compiled, *, at_once: int, progress: Progress | None = None
) -> Survey:
    """Read the file once, before anything is written; what is on file is asked some thousand rows at a time.

    How many rows there are is known only in the end: until then `progress` is told 0 for the total.
    """
    marks, keys = bytearray(), array("q")
    rows = table.rows()
    look = _looker(importer, compiled)
    while part := list(islice(rows, at_once)):
        look(part, marks, keys)
        if progress:
            progress(len(marks), 0)
    return Survey(marks, keys, frozenset(_twice(keys) - {_NO_KEY}))


def _twice(keys: "array[int]") -> set[int]:
    """Return the keys that come more than once; sorted in parts, since a list takes four times the room of an array."""
    found = set()
    for rest in range(_SORTED_IN_PARTS):
        part = sorted([key for key in keys if key % _SORTED_IN_PARTS == rest])
        found |= {one for one, other in pairwise(part) if one == other}
    return found


def _looker(
    importer: Importer, compiled: Compiled
) -> Callable[[list[tuple[int, list[str]]], bytearray, "array[int]"], None]:
    key_of, digest_of = keyer(importer, compiled), digester(compiled)

    def look(part: list[tuple[int, list[str]]], marks: bytearray, keys: "array[int]") -> None:
        """Add the marks and keys of these rows."""
        fitted = [compiled.fitted(cells) for _line, cells in part]
        own = [None if cells is None else key_of(cells) for cells in fitted]
        known = importer.known([key for key in own if key])
        for cells, key in zip(fitted, own, strict=True):
            if cells is None or key is None:
                marks.append(SKIPPED)
                keys.append(_NO_KEY)
                continue
            keys.append(hash(key))
            if is_too_long(cells, compiled):
                marks.append(TOO_LONG)
            else:
                digest = known.get(key)
                marks.append(SAME if digest and digest == digest_of(cells) else NEWS)

    return look


def is_too_long(cells: Cells, compiled: Compiled) -> bool:
    """Tell whether a row has something in more cells than the first line has."""
    return len(cells) > compiled.width and any(cells[compiled.width :])


def parts(total: int, at_once: int) -> Iterator[tuple[int, int]]:
    """Yield the bounds of some thousand rows each."""
    return ((start, min(start + at_once, total)) for start in range(0, total, at_once))
