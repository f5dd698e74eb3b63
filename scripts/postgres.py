"""A throw-away PostgreSQL cluster, gone when its user is: `python scripts/postgres.py run -- COMMAND`.

The command finds its address in CLAIMDESK_TEST_DATABASE_URL and CLAIMDESK_DATABASE_URL.
Nothing is flushed to disk: it is for tests, never for data. Benchmarks ask for one that flushes as PostgreSQL does.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from debian import postgres_programs

NAME = "claimdesk"
SETTINGS = {"max_connections": "200", "shared_buffers": "128MB", "jit": "off", "log_min_messages": "fatal"}
UNSAFE_BUT_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
LARGE_FOLDER = "/var/tmp"
STARTING_MAY_TAKE_SECONDS = 60


@contextmanager
def throwaway_cluster(*, on_disk: bool = False) -> Iterator[str]:
    """Start a cluster of our own, give its address, and leave nothing behind.

    Takes: `on_disk`, for one that lies on the disk and flushes to it, as a seller's does.
    Raises: FileNotFoundError where PostgreSQL is not installed.
    """
    programs = postgres_programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL's server programs are not installed (Debian: postgresql)")
    folder = Path(
        tempfile.mkdtemp(prefix="claimdesk-postgres-", dir=LARGE_FOLDER if on_disk else quick_folder())
    )
    owner = as_ordinary_user(folder)
    password = secrets.token_hex(16)
    port = free_port()
    server = None
    try:
        create_cluster(programs, folder, password, owner)
        settings = SETTINGS if on_disk else SETTINGS | UNSAFE_BUT_FAST
        server = start_server(programs, folder, port, owner, settings)
        wait_until_ready(programs, server, folder, port, owner)
        address = f"postgresql://{NAME}:{password}@127.0.0.1:{port}/"
        subprocess.run(
            [programs / "psql", "-q", address + "postgres", "-c", f"CREATE DATABASE {NAME}"], check=True
        )
        yield address + NAME
    finally:
        if server:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def create_cluster(programs: Path, folder: Path, password: str, owner: dict) -> None:
    """Lay the cluster's files, its one user guarded by a password that nobody else knows."""
    secret = folder / "password"
    secret.write_text(password)
    if owner:
        shutil.chown(secret, owner["user"], owner["group"])
    secret.chmod(0o600)
    subprocess.run(
        [programs / "initdb", f"--pgdata={folder}/data", f"--username={NAME}", f"--pwfile={secret}"]
        + ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **owner,
    )
    secret.unlink()


def start_server(
    programs: Path, folder: Path, port: int, owner: dict, settings: dict[str, str]
) -> subprocess.Popen:
    """Start the server as a child of this process, reachable from this machine alone."""
    settings = settings | {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(folder),
    }
    arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **owner,
        )


def wait_until_ready(programs: Path, server: subprocess.Popen, folder: Path, port: int, owner: dict) -> None:
    """Wait until the server answers; when it ends instead, show why."""
    deadline = time.monotonic() + STARTING_MAY_TAKE_SECONDS
    asking = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(asking, check=False, cwd=folder, **owner).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("PostgreSQL did not start:\n" + (folder / "log").read_text())
        time.sleep(0.05)


def stop(server: subprocess.Popen) -> None:
    """End the server at once but in good order, so that it gives its shared memory back."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def quick_folder() -> str | None:
    """Memory where there is some, else the usual folder for temporary files."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def as_ordinary_user(folder: Path) -> dict:
    """Whom to run the server as: PostgreSQL refuses root. Hands the folder over to them."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main(arguments: list[str]) -> int:
    """Run a command beside a cluster and end with its exit code."""
    if arguments[:2] != ["run", "--"] or len(arguments) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with throwaway_cluster() as address:
        addresses = {"CLAIMDESK_TEST_DATABASE_URL": address, "CLAIMDESK_DATABASE_URL": address}
        return subprocess.run(arguments[2:], check=False, env={**os.environ, **addresses}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
