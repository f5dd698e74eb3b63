"""Locks every dependency by version and hash: `python scripts/lock.py`; `--check` looks without a network.

A lock file begins with the digest of the wishes in `pyproject.toml` that it answers.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
LOCKS = {"run": [], "dev": ["--group", "dev", "--constraints", "requirements/run.txt"]}
COMPILE = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
LIKE_THIS = [
    "--generate-hashes",
    "--only-binary",
    ":all:",
    "--no-header",
    "--no-emit-index-url",
    "--no-annotate",
]


def first_line() -> str:
    """The digest of what `pyproject.toml` asks for, as a lock file's first line."""
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text())
    wishes = [project["project"]["dependencies"], project["dependency-groups"]]
    digest = hashlib.sha256(json.dumps(wishes, sort_keys=True).encode()).hexdigest()
    return f"# `make lock` wrote this for the dependencies with digest {digest}\n"


def stale_locks() -> list[str]:
    """The lock files that answer other wishes than those of today."""
    return [name for name in LOCKS if not path_of(name).read_text().startswith(first_line())]


def lock(name: str, options: list[str]) -> None:
    """Choose versions, the present ones where they still fit, and write them with their hashes."""
    path = path_of(name)
    subprocess.run(
        [sys.executable, "-m", *COMPILE, *LIKE_THIS, *options, "pyproject.toml", "-o", str(path)],
        cwd=HOUSE,
        check=True,
    )
    body = "".join(line for line in path.read_text().splitlines(True) if not line.startswith("#"))
    path.write_text(first_line() + body)


def path_of(name: str) -> Path:
    """Where a lock file lies."""
    return HOUSE / "requirements" / f"{name}.txt"


def main() -> None:
    """Lock, or check that the locks are fresh."""
    if "--check" not in sys.argv:
        for name, options in LOCKS.items():
            lock(name, options)
    elif stale := stale_locks():
        sys.exit(f"requirements/ lags behind pyproject.toml ({', '.join(stale)}): run `make lock`")


if __name__ == "__main__":
    main()
