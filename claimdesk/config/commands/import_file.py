"""`claimdesk import KIND FILE`: rows of other people's files, taken."""

import sys
from pathlib import Path

import click

from claimdesk.config.commands.wrong_use import WrongUse
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.tables import Mapping, MappingError, Unusable, open_table
from claimdesk.ledger.imports import ImportResult, importer_of, suggested_mapping, take_table
from claimdesk.ledger.models import Import


@click.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--map", "map_file", type=click.Path(path_type=Path), help="Mapping file (TOML): ours = theirs."
)
@click.option("--dry-run", is_flag=True, help="Tell what would happen and change nothing.")
@click.option(
    "--rejects", type=click.Path(path_type=Path), help="Where to write refused rows, with the reason."
)
def import_file(kind: str, file: Path, map_file: Path | None, dry_run: bool, rejects: Path | None) -> None:
    """Take the rows of FILE (CSV or Excel) as KIND.

    Exit 0: all taken. 1: some refused. 2: unusable input.
    """
    importer = importer_of(kind)
    try:
        table = open_table(file)
        if map_file:
            mapping = Mapping.from_file(map_file, data_file=file)
        else:
            mapping = suggested_mapping(importer, table.header)
        mapping.compile(table.header, [column.name for column in importer.columns])
        run = Import.objects.create(
            kind=kind, file_name=file.name, is_dry_run=dry_run, started_by_name=SYSTEM.name
        )
        with click.progressbar(length=1, label=f"Importing {kind}", file=sys.stderr) as bar:

            def progress(done: int, total: int) -> None:
                if not total:
                    bar.label = f"Reading {kind}, {done:,} rows so far"
                    bar.render_progress()
                    return
                bar.label, bar.length = f"Importing {kind}", total
                bar.update(done - bar.pos)

            by = SYSTEM.through("command line")
            result = take_table(importer, table, mapping, run, by=by, rejects=rejects, progress=progress)
    except (Unusable, MappingError) as error:
        raise WrongUse(str(error)) from error
    _tell(result, dry_run=dry_run, rejects=rejects)
    if result.refused:
        sys.exit(1)


def _tell(result: ImportResult, *, dry_run: bool, rejects: Path | None) -> None:
    counts = ", ".join(
        f"{getattr(result, name):,} {name}" for name in ("read", "new", "changed", "same", "refused")
    )
    click.echo(f"Dry run, nothing changed: {counts}" if dry_run else counts)
    if not result.refused:
        return
    if rejects:
        click.echo(f"The refused rows, with their reasons: {rejects}", err=True)
        return
    for line, reason in result.reasons[:10]:
        click.echo(f"  line {line}: {reason}", err=True)
    click.echo("  --rejects FILE writes all refused rows with their reasons.", err=True)
