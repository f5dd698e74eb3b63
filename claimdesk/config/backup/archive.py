"""The backup file: a zip of the database, the uploaded files and a manifest with their checksums.

manifest.json     versions, when, the checksum (SHA-256) of every other member
database          an SQLite file, or what pg_dump writes in its own format
files/…           uploaded files
secret-key        only if the house made it itself and keeps it in its data folder
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

FORMAT = 1
MANIFEST, DATABASE, SECRET, FILES = "manifest.json", "database", "secret-key", "files/"
PIECE = 1 << 20


class BackupError(Exception):
    """The backup cannot be made or used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `checksums` are SHA-256 in hex by member."""

    format: int
    version: str
    created_at: str
    vendor: str
    migrations: list[str]
    checksums: dict[str, str]


class Writing:
    """A backup file that is being written: under another name until it is whole and on the disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.unfinished = path.with_name(f".{path.name}.unfinished")
        handle = os.open(self.unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self.file = os.fdopen(handle, "w+b")
        self.archive = zipfile.ZipFile(self.file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.checksums: dict[str, str] = {}

    def add(self, member: str, source: Path) -> None:
        """Add a file and note its checksum, in one reading."""
        digest = hashlib.sha256()
        with source.open("rb") as read, self.archive.open(member, "w", force_zip64=True) as written:
            for piece in pieces(read):
                digest.update(piece)
                written.write(piece)
        self.checksums[member] = digest.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest, flush to the disk, and give the file its name."""
        self.archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        self.archive.close()
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        os.replace(self.unfinished, self.path)

    def abandon(self) -> None:
        """Leave nothing behind."""
        self.file.close()
        self.unfinished.unlink(missing_ok=True)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Read a file piece by piece."""
    while piece := file.read(PIECE):
        yield piece


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return what a backup says of itself.

    Raises: BackupError.
    """
    try:
        values = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BackupError("this file is no backup of Claimdesk: it holds no manifest") from error
    if values.get("format") != FORMAT:
        raise BackupError(f"this backup has format {values.get('format')}; this version reads {FORMAT}")
    return Manifest(**values)


def unpack(archive: zipfile.ZipFile, manifest: Manifest, folder: Path) -> None:
    """Unpack all members into `folder` and compare their checksums.

    Raises: BackupError.
    """
    if set(archive.namelist()) != {MANIFEST, *manifest.checksums}:
        raise BackupError("this backup is damaged: its members are not those that its manifest lists")
    for member, expected in manifest.checksums.items():
        target = (folder / member).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise BackupError(f"this backup is forged: it would write to {member}")
        target.parent.mkdir(parents=True, exist_ok=True)
        if _copy(archive, member, target) != expected:
            raise BackupError(f"this backup is damaged: {member} has another checksum than its manifest says")


def _copy(archive: zipfile.ZipFile, member: str, target: Path) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(member) as read, target.open("wb") as written:
            for piece in pieces(read):
                digest.update(piece)
                written.write(piece)
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        raise BackupError(f"this backup is damaged: {member} cannot be read ({error})") from error
    return digest.hexdigest()
