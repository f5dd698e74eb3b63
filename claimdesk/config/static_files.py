"""Static files as they are served: gathered in one folder, with compressed copies beside them."""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise.compress import Compressor


def gather_static_files() -> Path:
    """Gather and compress the static files of this version unless that was done before; return their folder.

    The folder bears the files' digest, appears whole or not at all, and replaces those of other versions.
    """
    folder = Path(settings.GATHERED_STATIC_FILES)
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=folder.parent))
    try:
        _fill(unfinished)
        unfinished.chmod(0o755)
        os.rename(unfinished, folder)
    except OSError:
        shutil.rmtree(unfinished, ignore_errors=True)
        if not folder.is_dir():
            raise
    for other in folder.parent.iterdir():
        if other != folder and not other.name.startswith("."):
            shutil.rmtree(other, ignore_errors=True)
    return folder


def _fill(folder: Path) -> None:
    compressor = Compressor(quiet=True)
    for finder in get_finders():
        for name, storage in finder.list([]):
            copy = folder / name
            if copy.exists():
                continue
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(storage.path(name), copy)
            if compressor.should_compress(name):
                list(compressor.compress(str(copy)))
