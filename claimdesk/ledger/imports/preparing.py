"""Rows prepared here or in other processes, so that both cores work."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from claimdesk.kernel.processes import other_processes
from claimdesk.kernel.tables.mapping import Compiled
from claimdesk.ledger.imports.compiling import Cells, Cleaner, digester, keyer
from claimdesk.ledger.imports.importer import Importer, RowRefused

# Key, digest, values, extra and "", or nothing of these and the reason of the refusal. Plain tuples, for they cross
# between processes by the million.
Outcome = tuple[str, str, tuple[Any, ...], Any, str]
Preparer = Callable[[], list[Outcome]]


class Preparing:
    """Prepares the rows of one file."""

    def __init__(self, importer: Importer, compiled: Compiled) -> None:
        self.importer = importer
        self.clean = Cleaner(importer.columns, compiled)
        self.key_of = keyer(importer, compiled)
        self.digest_of = digester(compiled)

    def __call__(self, rows: Sequence[Cells]) -> list[Outcome]:
        return list(map(self._prepared, rows))

    def _prepared(self, cells: Cells) -> Outcome:
        try:
            values = self.clean(cells)
            extra = self.importer.prepare(values)
        except RowRefused as refusal:
            return "", "", (), None, str(refusal)
        return self.key_of(cells), self.digest_of(cells), tuple(values.values()), extra, ""


@contextmanager
def inline(importer: Importer, compiled: Compiled) -> Iterator[Callable[[list[Cells]], Preparer]]:
    """Prepare in this process, when the outcome is asked for."""
    preparing = Preparing(importer, compiled)
    yield lambda rows: lambda: preparing(rows)


@contextmanager
def pool(
    importer: Importer, compiled: Compiled, processes: int
) -> Iterator[Callable[[list[Cells]], Preparer]]:
    """Prepare in `processes` other processes, ahead of the writing. The importer must be picklable."""
    with other_processes(processes, partial(Preparing, importer, compiled)) as ask:
        yield lambda rows: ask(rows).result if rows else list
