"""Imports from the office: a file is brought, its columns are mapped, a job takes it."""

from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.kernel.tables import Mapping, open_table
from claimdesk.ledger.events import ImportAsked, ImportBrought, ImportMapped
from claimdesk.ledger.imports import Importer, importer_of, suggested_mapping
from claimdesk.ledger.imports.storing import local_copy
from claimdesk.ledger.imports.task import take_import
from claimdesk.ledger.jobs import ask
from claimdesk.ledger.models import Import, Job
from claimdesk.ledger.record import record


@transaction.atomic
def bring_import(kind: str, file: File, *, mapping: dict[str, Any] | None = None, by: Actor) -> Import:
    """Keep a file with how its columns map to ours: by `mapping`, a mapping file's content, or as suggested.

    Raises: Unusable, when it is no table; MappingError, when `mapping` does not fit it. Nothing is kept then.
    Refuses: `unknown_kind`.
    Records: ImportBrought.
    """
    importer = _require(kind, by)
    name = default_storage.save(f"imports/{kind}", file)
    try:
        with local_copy(name) as path:
            chosen = _mapping_of(importer, open_table(path).header, mapping)
    except Exception:
        default_storage.delete(name)
        raise
    run = Import.objects.create(
        kind=kind,
        file_name=str(file.name)[:255],
        file=name,
        mapping=chosen.as_data(),
        started_by_id=by.id,
        started_by_name=by.name,
    )
    record(ImportBrought(kind, run.file_name), about=run, by=by, import_id=run.pk)
    return run


@transaction.atomic
def map_import(run: Import, data: dict[str, Any], *, by: Actor) -> Mapping:
    """Set how the file's columns map to ours; `data` is a mapping file's content.

    Raises: MappingError, when it does not fit the file; nothing changes then.
    Refuses: `import_running`.
    Records: ImportMapped.
    """
    importer = _require(run.kind, by)
    _refuse_while_running(run)
    with local_copy(run.file) as path:
        mapping = _mapping_of(importer, open_table(path).header, data)
    run.mapping = mapping.as_data()
    run.save(update_fields=["mapping"])
    record(ImportMapped(run.kind, run.file_name), about=run, by=by, import_id=run.pk)
    return mapping


@transaction.atomic
def start_import(run: Import, *, is_dry_run: bool, by: Actor) -> Job:
    """Ask for the job that takes the file, or only tells what would happen. Twice asked is once done.

    Refuses: `import_running`.
    Records: ImportAsked.
    """
    _require(run.kind, by)
    _refuse_while_running(run)
    run.is_dry_run, run.state, run.error = is_dry_run, Import.State.RUNNING, ""
    job = ask(take_import, run.pk, by.id, by.name, key=f"import/{run.pk}", by=by)
    run.job_id = job.pk
    run.save(update_fields=["is_dry_run", "state", "error", "job_id"])
    record(ImportAsked(run.kind, run.file_name, is_dry_run), about=run, by=by, import_id=run.pk)
    return job


def _mapping_of(importer: Importer, header: list[str], data: dict[str, Any] | None) -> Mapping:
    """Return the mapping of `data`, once it fits the file's header, or the one to suggest."""
    if data is None:
        return suggested_mapping(importer, header)
    mapping = Mapping.from_data(data)
    mapping.compile(header, [column.name for column in importer.columns])
    return mapping


def _require(kind: str, by: Actor) -> Importer:
    """Return the importer, if `by` may use it: not who is limited to own customers, for a file names any."""
    importer = importer_of(kind)
    by.require(importer.permission)
    if by.only_own_customers:
        raise NotAllowed(importer.permission)
    return importer


def _refuse_while_running(run: Import) -> None:
    run.refresh_from_db(from_queryset=Import.objects.select_for_update())
    if run.state == Import.State.RUNNING:
        raise Refused("import_running", _("This file is being imported already."))
