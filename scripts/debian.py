"""Debian packages that tests need: what is missing, and installing it when root."""

import os
import shutil
import subprocess
from pathlib import Path

POSTGRES_PROGRAMS = "/usr/lib/postgresql"
CHROMIUM = Path("/usr/bin/chromium")


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server installed, if any."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path(POSTGRES_PROGRAMS).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def missing_packages() -> list[str]:
    """The Debian packages without which parts of the tests cannot run."""
    present = {"postgresql": postgres_programs(), "chromium": CHROMIUM.exists()}
    return [package for package, there in present.items() if not there]


def install(packages: list[str]) -> None:
    """Install packages if there is a need, a right and a way; say so where there is none."""
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        print(f"Missing: {', '.join(packages)}. As root: apt-get install {' '.join(packages)}", flush=True)
        return
    print(f"Installing {', '.join(packages)} ...", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdin": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False, **quiet)
