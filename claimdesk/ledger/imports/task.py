"""The job that takes a brought file."""

from django.core.files.base import File
from django.core.files.storage import default_storage
from django_tasks import task

from claimdesk.kernel.actor import EVERYTHING, Actor
from claimdesk.kernel.tables import Mapping, open_table
from claimdesk.ledger.imports.registry import importer_of
from claimdesk.ledger.imports.storing import local_copy
from claimdesk.ledger.imports.taking import take_table
from claimdesk.ledger.jobs import progress
from claimdesk.ledger.models import Import


@task()
def take_import(import_id: int, by_id: int | None, by_name: str) -> dict[str, int]:
    """Take a brought file, on behalf of who asked; begun again after a crash it finds its rows the same."""
    run = Import.objects.get(pk=import_id)
    importer = importer_of(run.kind)
    asked_by = Actor(kind="staff", id=by_id, name=by_name, door="office", permissions=frozenset({EVERYTHING}))
    with local_copy(run.file) as path:
        rejects = path.with_suffix(".rejects")
        result = take_table(
            importer,
            open_table(path),
            Mapping.from_data(run.mapping),
            run,
            by=asked_by,
            rejects=rejects,
            progress=progress,
        )
        if result.refused:
            with rejects.open("rb") as file:
                run.rejects = default_storage.save(f"imports/{run.pk}-refused.csv", File(file))
            run.save(update_fields=["rejects"])
    return {"new": result.new, "changed": result.changed, "same": result.same, "refused": result.refused}
