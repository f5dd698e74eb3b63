"""Making a backup."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from claimdesk import __version__
from claimdesk.config.backup.archive import DATABASE, FILES, FORMAT, SECRET, BackupError, Manifest, Writing
from claimdesk.config.backup.database import copy_database
from claimdesk.config.database_state import applied_migrations
from claimdesk.kernel.clock import now


def write_backup(path: Path, *, overwrite: bool = False) -> Manifest:
    """Write everything to `path`, under another name until it is whole. Others may go on working.

    The database is copied before the files: whatever file it names is then in the backup too.

    Raises: BackupError.
    """
    if path.exists() and not overwrite:
        raise BackupError(f"{path} exists already; name another file or give --force")
    if not path.parent.is_dir():
        raise BackupError(f"there is no folder {path.parent}")
    writing = Writing(path)
    try:
        manifest = _write(writing)
        writing.finish(manifest)
    finally:
        writing.abandon()
    return manifest


def secret_file() -> Path | None:
    """Return the file of the secret key that the house made itself, or None if it was configured."""
    path = settings.CONFIGURATION.data_dir / "secret-key"
    return path if path.exists() and not settings.CONFIGURATION.is_secret_key_given else None


def _write(writing: Writing) -> Manifest:
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=writing.path.parent) as folder:
        copy = Path(folder) / DATABASE
        copy_database(copy)
        writing.add(DATABASE, copy)
    for name, path in _uploaded():
        writing.add(FILES + name, path)
    secret = secret_file()
    if secret:
        writing.add(SECRET, secret)
    return Manifest(
        FORMAT, __version__, now().isoformat(), connection.vendor, applied_migrations(), writing.checksums
    )


def _uploaded() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else []:
        if path.is_file():
            yield path.relative_to(root).as_posix(), path
