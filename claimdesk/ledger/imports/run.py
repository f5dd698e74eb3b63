"""One run of an importer over one file."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from django.db import transaction

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.tables import Mapping, Table
from claimdesk.kernel.tables.mapping import Compiled
from claimdesk.ledger.events import ImportChunkTaken
from claimdesk.ledger.imports.compiling import Cells
from claimdesk.ledger.imports.importer import Batch, Importer, PreparedRow
from claimdesk.ledger.imports.preparing import Preparer, inline, pool
from claimdesk.ledger.imports.surveying import SAME, TOO_LONG, Progress, Survey, parts, survey
from claimdesk.ledger.models import Import
from claimdesk.ledger.record import record

CHUNK = 5_000
POOL_FROM = 20_000
MOST_REASONS = 100
COUNTS = ["read", "new", "changed", "same", "refused", "finished_at"]
Reject = Callable[[int, Sequence[str], str], None]


@dataclass(slots=True)
class ImportResult:
    """Counts of rows: read = new + changed + same + refused (+ skipped by the mapping)."""

    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    reasons: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Chunk:
    read: int
    same: int = 0
    rows: list[tuple[int, Cells]] = field(default_factory=list)
    refused: list[tuple[int, Cells, str]] = field(default_factory=list)


def run_import(
    importer: Importer,
    table: Table,
    mapping: Mapping,
    run: Import,
    *,
    by: Actor,
    progress: Progress | None = None,
    reject: Reject | None = None,
    processes: int = 2,
) -> ImportResult:
    """Take the rows of `table` into the database, a chunk a transaction; running again changes nothing.

    A dry run does the same and rolls each chunk back. A chunk that was committed stays when the power fails;
    the next run finds its rows the same. Memory does not grow with the file but for nine bytes a row.

    Takes: `run`, the import's row, whose counts are kept up to date; `reject`, given (line, cells, reason).
    Raises: MappingError, Unusable; NotAllowed.
    Records: ImportChunkTaken, one a chunk.
    """
    by.require(importer.permission)
    compiled = mapping.compile(table.header, [column.name for column in importer.columns])
    found = survey(importer, table, compiled, at_once=CHUNK, progress=progress)
    result = ImportResult()
    chunks = _chunks(table, compiled, found)
    preparer = pool(importer, compiled, processes) if found.news >= POOL_FROM else inline(importer, compiled)
    with preparer as prepare:
        waiting: deque[tuple[_Chunk, Preparer]] = deque()
        for chunk in chain(chunks, [None] * (processes + 1)):
            if chunk is not None:
                waiting.append((chunk, prepare([cells for _line, cells in chunk.rows])))
            if waiting and (chunk is None or len(waiting) > processes):
                _finish(importer, compiled, run, result, *waiting.popleft(), by=by, reject=reject)
                if progress:
                    progress(result.read, found.total)
    if not run.is_dry_run:
        importer.finish(run)
    return result


def _chunks(table: Table, compiled: Compiled, found: Survey) -> Iterator[_Chunk]:
    first_lines: dict[int, int] = {}
    rows = table.rows()
    passed = 0
    for start, end in parts(found.total, CHUNK):
        chunk = _Chunk(read=end - start)
        if found.has_nothing_to_do(start, end):
            chunk.same = found.marks.count(SAME, start, end)
            passed += end - start
        else:
            next(islice(rows, passed, passed), None)
            passed = 0
            for place, (line, cells) in enumerate(islice(rows, end - start), start):
                fitted = compiled.fitted(cells)
                if fitted is not None:
                    _sort(chunk, line, fitted, place, found, compiled, first_lines)
        yield chunk


def _sort(
    chunk: _Chunk,
    line: int,
    cells: Cells,
    place: int,
    found: Survey,
    compiled: Compiled,
    first_lines: dict[int, int],
) -> None:
    """Put a row where it belongs in its chunk."""
    mark, key = found.marks[place], found.keys[place]
    if mark == TOO_LONG:
        chunk.refused.append((line, cells, f"has {len(cells)} cells, the first line {compiled.width}"))
    elif key in found.twice and first_lines.setdefault(key, line) != line:
        chunk.refused.append((line, cells, f"stands twice in the file, first in line {first_lines[key]}"))
    elif mark == SAME:
        chunk.same += 1
    else:
        chunk.rows.append((line, cells))


def _finish(
    importer: Importer,
    compiled: Compiled,
    run: Import,
    result: ImportResult,
    chunk: _Chunk,
    prepared: Preparer,
    *,
    by: Actor,
    reject: Reject | None,
) -> None:
    refused: list[tuple[int, str]] = [(line, reason) for line, _cells, reason in chunk.refused]
    rows: list[PreparedRow] = []
    for (line, _cells), (key, digest, values, extra, reason) in zip(chunk.rows, prepared(), strict=True):
        if reason:
            refused.append((line, reason))
        else:
            rows.append(PreparedRow(line, key, digest, dict(zip(compiled.names, values, strict=True)), extra))
    with transaction.atomic():
        batch = Batch(run, rows)
        if rows:
            importer.write(batch)
        refused += batch.refused
        _count(run, result, chunk, batch, len(refused))
        if batch.new or batch.changed:
            fact = ImportChunkTaken(importer.kind, batch.new, batch.changed, len(refused))
            record(fact, about=run, by=by, import_id=run.pk)
        if run.is_dry_run:
            transaction.set_rollback(True)
    if run.is_dry_run:
        run.save(update_fields=COUNTS)
    if refused:
        _tell_refused(result, chunk, sorted(refused), reject)


def _tell_refused(
    result: ImportResult, chunk: _Chunk, refused: list[tuple[int, str]], reject: Reject | None
) -> None:
    cells_of = {line: cells for line, cells, _reason in chunk.refused} | dict(chunk.rows)
    result.reasons = [*result.reasons, *refused][:MOST_REASONS]
    for line, reason in refused:
        if reject:
            reject(line, cells_of[line], reason)


def _count(run: Import, result: ImportResult, chunk: _Chunk, batch: Batch, refused: int) -> None:
    result.read += chunk.read
    result.new += batch.new
    result.changed += batch.changed
    result.same += chunk.same + batch.same
    result.refused += refused
    for name in ("read", "new", "changed", "same", "refused"):
        setattr(run, name, getattr(result, name))
    run.finished_at = now()
    run.save(update_fields=COUNTS)
