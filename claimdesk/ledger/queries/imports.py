"""Imports, as far as the actor may see them, and what a file holds before it is taken."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.tables import Mapping, Table
from claimdesk.ledger.imports import Importer, RowRefused, kinds
from claimdesk.ledger.imports.compiling import Cleaner, keyer
from claimdesk.ledger.models import Import, Job


def allowed_kinds(actor: Actor) -> list[type[Importer]]:
    """Return the kinds of files that `actor` may bring: none for who is limited to own customers, for a file names any."""
    if actor.only_own_customers:
        return []
    return [importer for importer in kinds() if actor.may(importer.permission)]


def imports(actor: Actor) -> QuerySet[Import]:
    """Return the imports that `actor` may see, newest first."""
    if actor.is_acting:
        return Import.objects.none()
    names = [importer.kind for importer in allowed_kinds(actor)]
    return Import.objects.filter(kind__in=names).order_by("-created_at", "-id")


def job_of(run: Import) -> Job | None:
    """Return the job that takes the file of an import, with its progress."""
    return Job.objects.filter(pk=run.job_id or 0).first()


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row as it would be taken: cleaned values by our names, or the reason why not; `is_known` if on file."""

    line: int
    values: dict[str, Any]
    cells: list[str]
    reason: str
    is_known: bool


def preview(importer: Importer, table: Table, mapping: Mapping, *, limit: int = 20) -> list[PreviewRow]:
    """Return the first `limit` rows as they would be taken. Raises MappingError."""
    compiled = mapping.compile(table.header, [column.name for column in importer.columns])
    clean, key_of = Cleaner(importer.columns, compiled), keyer(importer, compiled)
    rows: list[PreviewRow] = []
    for line, cells in table.rows():
        fitted = compiled.fitted(cells)
        if fitted is None:
            continue
        try:
            cleaned = clean(fitted)
            importer.prepare(cleaned)
            known = bool(importer.known([key_of(fitted)]))
            rows.append(PreviewRow(line, cleaned, cells, "", known))
        except RowRefused as refusal:
            given = dict(zip(compiled.names, compiled.values(fitted), strict=True))
            rows.append(PreviewRow(line, given, cells, str(refusal), False))
        if len(rows) >= limit:
            break
    return rows
