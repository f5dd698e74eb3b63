"""`claimdesk export KIND FILE`: what is on file, in the columns that import takes."""

from pathlib import Path

import click

from claimdesk.config.commands.wrong_use import WrongUse
from claimdesk.kernel.tables import Unusable, write_table
from claimdesk.ledger.imports import importer_of


@click.command("export")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
def export_file(kind: str, file: Path) -> None:
    """Write all rows of KIND to FILE: CSV, or Excel where it ends in .xlsx."""
    importer = importer_of(kind)
    try:
        count = write_table(file, [column.name for column in importer.columns], importer.export())
    except (Unusable, OSError) as error:
        raise WrongUse(str(error)) from error
    click.echo(f"{count:,} {kind} written to {file}")
