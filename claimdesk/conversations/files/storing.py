"""The storage: private, under names that say nothing, reached through views that ask who is there (F3)."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from claimdesk.conversations.files.taking import TakenFile

FOLDER = "attached"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that stands in the storage and still needs its row."""

    taken: TakenFile
    kept_as: str
    thumbnail_kept_as: str = ""


def keep(taken: TakenFile) -> KeptFile:
    """Write a file into the storage. Not within a transaction: a storage may be far away."""
    thumbnail = _write(taken.thumbnail) if taken.thumbnail else ""
    return KeptFile(taken, _write(taken.content), thumbnail)


def opened(name: str) -> File:
    """Open what stands in the storage under `name`. Raises: FileNotFoundError."""
    return default_storage.open(name)


def discard(names: Iterable[str]) -> None:
    """Remove from the storage; what is gone already is fine."""
    for name in filter(None, names):
        default_storage.delete(name)


def _write(content: bytes) -> str:
    name = secrets.token_hex(16)
    return default_storage.save(f"{FOLDER}/{name[:2]}/{name}", ContentFile(content))
