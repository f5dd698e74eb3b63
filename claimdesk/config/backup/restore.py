"""Putting a backup back."""

import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from claimdesk.config.backup.archive import (
    DATABASE,
    FILES,
    SECRET,
    BackupError,
    Manifest,
    read_manifest,
    unpack,
)
from claimdesk.config.backup.database import is_empty, replace_database


def restore_backup(path: Path, *, force: bool = False) -> Manifest:
    """Put everything from the backup at `path` in the place of what is here.

    All checksums are compared before anything is touched; then the database is replaced whole or not at all,
    then the files. What was in the folder of files is removed last.

    Takes: `force`, to replace a database that holds something.
    Raises: BackupError.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise BackupError(f"{path} cannot be read as a backup: {error}") from error
    data_dir = settings.CONFIGURATION.data_dir
    data_dir.mkdir(parents=True, exist_ok=True)
    with archive, tempfile.TemporaryDirectory(prefix=".restore-", dir=data_dir) as name:
        folder = Path(name)
        manifest = read_manifest(archive)
        _require_fitting(manifest)
        if not force and not is_empty():
            raise BackupError("the database is not empty; --force replaces everything in it")
        unpack(archive, manifest, folder)
        replace_database(folder / DATABASE)
        _replace_files(folder / FILES)
        if (folder / SECRET).exists() and not settings.CONFIGURATION.is_secret_key_given:
            os.chmod(folder / SECRET, 0o600)
            os.replace(folder / SECRET, data_dir / SECRET)
    return manifest


def _require_fitting(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        raise BackupError(
            f"this backup is of {manifest.vendor}, and CLAIMDESK_DATABASE_URL names {connection.vendor}"
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = [name for name in manifest.migrations if name not in known]
    if unknown:
        raise BackupError(
            f"this backup was made by version {manifest.version}, whose database this version does not know "
            f"({unknown[0]}); install that version or a newer one"
        )


def _replace_files(unpacked: Path) -> None:
    root = Path(settings.MEDIA_ROOT)
    unpacked.mkdir(exist_ok=True)
    before = root.with_name(root.name + ".before-restore")
    shutil.rmtree(before, ignore_errors=True)
    if root.exists():
        os.replace(root, before)
    os.replace(unpacked, root)
    shutil.rmtree(before, ignore_errors=True)
