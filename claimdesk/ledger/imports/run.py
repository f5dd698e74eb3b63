"""One run of an importer over one file."""

import hashlib
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from operator import itemgetter

from django.db import transaction

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.tables import Mapping, Table
from claimdesk.kernel.tables.mapping import NOWHERE, Compiled
from claimdesk.ledger.events import ImportChunkTaken
from claimdesk.ledger.imports.importer import Batch, Importer, PreparedRow
from claimdesk.ledger.imports.preparing import Preparer, Raw, inline, pool
from claimdesk.ledger.models import Import
from claimdesk.ledger.record import record

CHUNK = 5_000
POOL_FROM = 20_000
COUNTS = ["read", "new", "changed", "same", "refused", "finished_at"]
Progress = Callable[[int, int], None]
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
    raws: list[Raw] = field(default_factory=list)
    cells: dict[int, Sequence[str]] = field(default_factory=dict)
    refused: list[tuple[int, str]] = field(default_factory=list)
    read: int = 0
    same: int = 0


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
    the next run finds its rows the same. Memory does not grow with the file but for 8 bytes a row.

    Takes: `run`, the import's row, whose counts are kept up to date; `reject`, given (line, cells, reason).
    Raises: MappingError, Unusable; NotAllowed.
    Records: ImportChunkTaken, one a chunk.
    """
    by.require(importer.permission)
    compiled = mapping.compile(table.header, [column.name for column in importer.columns])
    total, twice = _survey(importer, table, compiled)
    result = ImportResult()
    chunks = _chunks(importer, table, compiled, twice)
    preparer = pool(importer, compiled, processes) if total >= POOL_FROM else inline(importer, compiled)
    with preparer as prepare:
        waiting: deque[tuple[_Chunk, Preparer]] = deque()
        for chunk in chain(chunks, [None] * (processes + 1)):
            if chunk is not None:
                waiting.append((chunk, prepare(chunk.raws)))
            if waiting and (chunk is None or len(waiting) > processes):
                _finish(importer, run, result, *waiting.popleft(), by=by, reject=reject)
                if progress:
                    progress(result.read, total)
    if not run.is_dry_run:
        importer.finish(run)
    return result


def _survey(importer: Importer, table: Table, compiled: Compiled) -> tuple[int, set[int]]:
    """Count the rows and find the keys that stand twice, before anything is written."""
    keys, total = array("q"), 0
    key_of = _keyer(importer, compiled)
    for _line, cells in table.rows():
        total += 1
        fitted = compiled.fitted(cells)
        if fitted is not None:
            keys.append(hash(key_of(fitted)))
    return total, {one for one, other in pairwise(sorted(keys)) if one == other}


def _keyer(importer: Importer, compiled: Compiled) -> Callable[[Sequence[str]], str]:
    """Return what makes of a row's cells by what it is recognised."""
    pick = compiled.picker(importer.key_columns)
    return lambda cells: importer.key_of(*pick(cells))


def _chunks(importer: Importer, table: Table, compiled: Compiled, twice: set[int]) -> Iterator[_Chunk]:
    first_lines: dict[int, int] = {}
    rows = table.rows()
    digest_of = _digester(compiled)
    key_of = _keyer(importer, compiled)
    while part := list(islice(rows, CHUNK)):
        chunk = _Chunk(read=len(part))
        for line, cells in part:
            fitted = compiled.fitted(cells)
            if fitted is None:
                continue
            chunk.cells[line] = fitted
            key = key_of(fitted)
            if len(fitted) > compiled.width and any(fitted[compiled.width :]):
                reason = f"has {len(cells)} cells, the first line {compiled.width}"
                chunk.refused.append((line, reason))
            elif twice and (mark := hash(key)) in twice and first_lines.setdefault(mark, line) != line:
                reason = f"stands twice in the file, first in line {first_lines[mark]}"
                chunk.refused.append((line, reason))
            else:
                chunk.raws.append((line, key, digest_of(fitted), fitted))
        known = importer.known([raw[1] for raw in chunk.raws])
        before = len(chunk.raws)
        chunk.raws = [raw for raw in chunk.raws if known.get(raw[1]) != raw[2]]
        chunk.same = before - len(chunk.raws)
        yield chunk


def _digester(compiled: Compiled) -> Callable[[Sequence[str]], str]:
    """Return what makes the digest of a source row: of the cells that the mapping reads, and of the mapping."""
    start = hashlib.blake2b(compiled.signature.encode(), digest_size=16)
    places = sorted({place for place in compiled.places if place != NOWHERE})
    pick = itemgetter(*places) if len(places) > 1 else lambda cells: [cells[place] for place in places]

    def digest_of(cells: Sequence[str]) -> str:
        digest = start.copy()
        digest.update("\x1f".join(pick(cells)).encode())
        return digest.hexdigest()

    return digest_of


def _finish(
    importer: Importer,
    run: Import,
    result: ImportResult,
    chunk: _Chunk,
    prepared: Preparer,
    *,
    by: Actor,
    reject: Reject | None,
) -> None:
    refused = list(chunk.refused)
    rows: list[PreparedRow] = []
    for (line, key, digest, _cells), (values, extra, reason) in zip(chunk.raws, prepared(), strict=True):
        if reason:
            refused.append((line, reason))
        else:
            rows.append(PreparedRow(line, key, digest, values, extra))
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
    for line, reason in sorted(refused):
        result.reasons = [*result.reasons, (line, reason)][:100]
        if reject:
            reject(line, chunk.cells[line], reason)


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
