"""The web server: processes as many as cores, each with two threads that keep their database connection."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

THREADS = 2
THREADS_IDLE_SECONDS = 600
STOPPING_SECONDS = 5


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def serve_pages(host: str, port: int, *, workers: int, once_answering: Callable[[], None]) -> None:
    """Serve until SIGTERM or SIGINT. Takes: `once_answering`, called when the first process answers."""
    application = get_wsgi_application()
    parent = os.getpid()
    server = Granian(
        "claimdesk.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=THREADS_IDLE_SECONDS,
        workers_kill_timeout=STOPPING_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        websockets=False,
    )
    waiting = threading.Thread(target=_wait_for_answer, args=(host, port, once_answering), daemon=True)
    server.on_startup(waiting.start)

    def load(*_arguments: Any, **_named: Any) -> Any:
        threading.Thread(target=_end_with, args=(parent,), name="orphan watch", daemon=True).start()
        return application

    server.serve(target_loader=load, wrap_loader=False)


def _wait_for_answer(host: str, port: int, then: Callable[[], None]) -> None:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - nothing is bound here
    while True:
        try:
            socket.create_connection((here, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return then()


def _end_with(parent: int) -> None:
    """End this process when its parent was killed, or it would go on answering with the port in its hand."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGKILL)
