"""What makes the addresses of static files new when a file is."""

import hashlib
from pathlib import Path


def static_digest(package: Path) -> str:
    """Return a short digest of every static file in `package`.

    It stands in the files' address, so browsers may keep them for a year and still never see an old one.
    """
    digest = hashlib.sha256()
    for path in sorted(package.glob("*/static/**/*")):
        if path.is_file():
            digest.update(str(path.relative_to(package)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
