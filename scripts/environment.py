"""Makes `.venv` from the locked requirements: `python3 scripts/environment.py run|dev`.

Runs on a bare Python, before anything is installed, so it imports nothing but the standard library.
A stamp holds the digest of what was installed; while it matches there is nothing to do.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
VENV = HOUSE / ".venv"
OLDEST = (3, 11)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.14")


def main(kind: str) -> None:
    """Bring `.venv` up to date with `requirements/KIND.txt`."""
    if sys.version_info < OLDEST:
        start_again_with_newer_python()
    requirements = HOUSE / "requirements" / (kind + ".txt")
    if up_to_date(kind):
        return
    if not working(VENV):
        make_venv()
    print("Installing requirements/" + requirements.name + " into .venv ...", flush=True)
    # Python compiles what it imports; compiling all that lies there takes a newcomer as long as fetching it.
    run(
        [*pip_for(VENV), "install", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:"]
        + ["--no-compile", "--disable-pip-version-check", "--no-warn-script-location"]
        + ["-r", str(requirements)],
    )
    link_house()
    stamp_of(kind).write_text(digest(kind))
    if kind == "dev":  # the workshop holds all that running needs
        stamp_of("run").write_text(digest("run"))


def start_again_with_newer_python() -> None:
    """Hand over to the first newer interpreter on the path, or say what is missing."""
    for name in CANDIDATES:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, *sys.argv])
    stop(
        f"Claimdesk needs Python 3.11 or later; this is {version()}."
        " If you have a newer one: make run PYTHON=/path/to/python3"
    )


def make_venv() -> None:
    """Make an empty environment, with pip if this Python can, else with the pip beside it."""
    print(f"Making .venv with Python {version()} ...", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    arguments = [sys.executable, "-m", "venv", str(VENV)]
    if not importlib.util.find_spec("ensurepip"):
        if not importlib.util.find_spec("pip"):
            provide_ensurepip()
        else:
            arguments.append("--without-pip")
    run(arguments)


def provide_ensurepip() -> None:
    """Debian keeps ensurepip in a package of its own: install it when root, else say so."""
    package = f"python{version()}-venv"
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        stop(
            "This Python cannot make environments (it lacks ensurepip)."
            f" On Debian and Ubuntu: sudo apt-get install {package}"
        )
    run(["apt-get", "update", "-qq"])
    run(["apt-get", "install", "-y", "-qq", package], env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def pip_for(venv: Path) -> list:
    """The pip inside, else the one of this Python pointed at the environment."""
    inside = venv / "bin" / "pip"
    python = str(venv / "bin" / "python")
    return [python, "-m", "pip"] if inside.exists() else [sys.executable, "-m", "pip", "--python", python]


def link_house() -> None:
    """Put the checkout on the path of `.venv` and give it the `claimdesk` command."""
    python = VENV / "bin" / "python"
    site = subprocess.check_output(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], text=True
    )
    Path(site.strip(), "claimdesk-checkout.pth").write_text(str(HOUSE) + "\n")
    command = VENV / "bin" / "claimdesk"
    command.write_text(f"#!/bin/sh\nexec '{python}' -m claimdesk \"$@\"\n")
    command.chmod(0o755)


def up_to_date(kind: str) -> bool:
    """Whether `.venv` works here and holds exactly what the lock file names."""
    stamp = stamp_of(kind)
    return stamp.exists() and stamp.read_text() == digest(kind) and working(VENV)


def working(venv: Path) -> bool:
    """Whether the environment's Python is still there and belongs to this place."""
    configuration = venv / "pyvenv.cfg"
    return (
        configuration.exists()
        and (venv / "bin" / "python").exists()
        and str(venv) in configuration.read_text()
    )


def digest(kind: str) -> str:
    """What the environment depends on: the lock file, the interpreter and the place."""
    facts = (HOUSE / "requirements" / (kind + ".txt")).read_bytes() + str(
        (sys.version_info[:2], VENV)
    ).encode()
    return hashlib.sha256(facts).hexdigest()


def stamp_of(kind: str) -> Path:
    """The file that remembers what was installed."""
    return VENV / ("." + kind + ".stamp")


def version() -> str:
    """This interpreter's version, as `3.11`."""
    return ".".join(map(str, sys.version_info[:2]))


def run(command: list, **settings) -> None:
    """Run a command without standard input; when it fails, stop."""
    outcome = subprocess.run(command, stdin=subprocess.DEVNULL, **settings)
    if outcome.returncode:
        stop("Failed: " + " ".join(command))


def stop(message: str) -> None:
    """Say what is wrong and end."""
    print(message, file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1])
