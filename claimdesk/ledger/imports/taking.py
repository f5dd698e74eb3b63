"""A file, taken: from the command line at once, from the office as a job."""

import csv
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.tables import Mapping, Table, guarded, suggest
from claimdesk.ledger.imports.bulk import rare_collections, without_mapped_pages
from claimdesk.ledger.imports.importer import Importer
from claimdesk.ledger.imports.run import ImportResult, Progress, run_import
from claimdesk.ledger.models import Import


def suggested_mapping(importer: Importer, header: list[str]) -> Mapping:
    """Return the mapping that the names in `header` suggest."""
    return Mapping(columns=suggest(header, {column.name: column.words for column in importer.columns}))


def take_table(
    importer: Importer,
    table: Table,
    mapping: Mapping,
    run: Import,
    *,
    by: Actor,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Take the rows of `table`, keep the counts on `run`, write refused rows to `rejects`.

    Whatever breaks off leaves `run` FAILED with the reason; what was committed stays.
    """
    run.state, run.mapping, run.error = Import.State.RUNNING, mapping.as_data(), ""
    run.save()
    try:
        with rare_collections(), without_mapped_pages(), RejectsFile(rejects, table.header) as file:
            result = run_import(importer, table, mapping, run, by=by, progress=progress, reject=file.write)
    except Exception as error:
        run.state, run.error, run.finished_at = Import.State.FAILED, str(error)[:1000], now()
        run.save(update_fields=["state", "error", "finished_at"])
        raise
    run.state, run.finished_at = Import.State.DONE, now()
    run.save(update_fields=["state", "finished_at"])
    return result


class RejectsFile(AbstractContextManager["RejectsFile"]):
    """The file of refused rows: their line, the reason, and the cells as they were; made with the first row."""

    def __init__(self, path: Path | None, header: Sequence[str]) -> None:
        self.path = path
        self.header = header
        self._file = None if path is None else path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file) if self._file else None
        if self._writer:
            self._writer.writerow(["line", "reason", *header])

    def write(self, line: int, cells: Sequence[str], reason: str) -> None:
        if self._writer:
            self._writer.writerow([line, guarded(reason), *map(guarded, cells)])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()
