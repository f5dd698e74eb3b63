"""Files in storage, wherever that is, as files to read."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage


@contextmanager
def local_copy(name: str) -> Iterator[Path]:
    """Give a stored file as a local one, in a folder of its own that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="claimdesk-") as folder:
        path = Path(folder) / "file"
        with default_storage.open(name) as stored, path.open("wb") as copy:
            shutil.copyfileobj(stored, copy, 1 << 20)
        yield path
