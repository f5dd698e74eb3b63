"""`claimdesk backup` and `claimdesk restore`."""

from pathlib import Path

import click
from django.template.defaultfilters import filesizeformat

from claimdesk.config.backup.archive import FILES, SECRET, Manifest
from claimdesk.config.backup.restore import restore_backup
from claimdesk.config.backup.write import write_backup
from claimdesk.config.database_state import pending_migrations

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Overwrite FILE if it exists.")
def backup(file: Path, force: bool) -> None:
    """Write database and files to FILE, while everything goes on."""
    manifest = write_backup(file.absolute(), overwrite=force)
    click.echo(f"{file}: {filesizeformat(file.stat().st_size)}, {_contents(manifest)}.")
    if SECRET in manifest.checksums:
        click.echo("It holds the secret key too: keep it where only you can read it.")
    else:
        click.echo(
            "The secret key is not in it: keep CLAIMDESK_SECRET_KEY elsewhere, links in mails need it."
        )


@click.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Replace a database that is not empty.")
def restore(file: Path, force: bool) -> None:
    """Put the backup FILE in the place of database and files. Stop the servers first."""
    manifest = restore_backup(file.absolute(), force=force)
    click.echo(f"Restored the backup of {manifest.created_at[:19]} UTC: {_contents(manifest)}.")
    if SECRET not in manifest.checksums:
        click.echo("Set CLAIMDESK_SECRET_KEY to what it was then, else links in mails and sessions are void.")
    if pending_migrations():
        click.echo(f"It was made by version {manifest.version}; next: claimdesk manage migrate")


def _contents(manifest: Manifest) -> str:
    files = sum(1 for member in manifest.checksums if member.startswith(FILES))
    return f"the {manifest.vendor} database and {files} uploaded files"
