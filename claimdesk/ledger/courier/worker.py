"""The worker process: lanes that work side by side, a heartbeat, and an ear for what is committed.

Jobs have lanes of their own, so that an import of an hour holds no mail up.
"""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import DatabaseError, connection

from claimdesk.ledger.courier.attempt import Outcome
from claimdesk.ledger.courier.heartbeat import Heartbeat
from claimdesk.ledger.courier.holding import stopping
from claimdesk.ledger.courier.waking import Ear
from claimdesk.ledger.courier.work import deliver_and_ring, work_on_jobs

logger = logging.getLogger("claimdesk.worker")

LOOK_EVERY_SECONDS = 1.0
GRACE_SECONDS = 5.0
Round = Callable[[], Iterator[Outcome]]
LANES: tuple[tuple[str, Round], ...] = (
    ("deliveries", deliver_and_ring),
    ("jobs 1", work_on_jobs),
    ("jobs 2", work_on_jobs),
)


class Lane(threading.Thread):
    """One thread that works its rounds, one after another, whenever it is told to look."""

    def __init__(self, name: str, work: Round) -> None:
        super().__init__(name=name, daemon=True)
        self.work = work
        self.look = threading.Event()

    def run(self) -> None:
        """Work until the process stops; a database that is away is asked again at the next look."""
        while True:
            self.look.clear()
            if stopping.is_set():
                break
            try:
                for _outcome in self.work():
                    connection.close_if_unusable_or_obsolete()
                    if stopping.is_set():
                        break
            except DatabaseError as error:
                logger.warning("%s: %s", self.name, error)
                connection.close()
                stopping.wait(LOOK_EVERY_SECONDS)
            self.look.wait()
        connection.close()


def run_worker(*, ends_with_parent: bool = False) -> int:
    """Work until SIGTERM or SIGINT. Returns the exit code.

    What is in hand then is finished if that takes a few seconds; else its lease runs out and another worker
    takes it over. Takes: `ends_with_parent`, to stop as well when the process that started this one is gone.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    parent = os.getppid() if ends_with_parent else None
    heartbeat = Heartbeat()
    lanes = [Lane(name, work) for name, work in LANES]
    threads: list[threading.Thread] = [heartbeat, *lanes]
    for thread in threads:
        thread.start()
    logger.info("worker %s started", heartbeat.worker)
    _listen(lanes, threads, parent)
    is_broken = not stopping.is_set()
    _finish(lanes)
    heartbeat.end()
    return 1 if is_broken else 0


def _listen(lanes: list[Lane], threads: list[threading.Thread], parent: int | None) -> None:
    ear: Ear | None = None
    while not stopping.is_set() and all(thread.is_alive() for thread in threads):
        try:
            ear = ear or Ear()
            ear.wait(LOOK_EVERY_SECONDS)
        except DatabaseError as error:
            logger.warning("cannot listen: %s", error)
            ear = None
            stopping.wait(LOOK_EVERY_SECONDS)
        for lane in lanes:
            lane.look.set()
        if parent is not None and os.getppid() != parent:
            stopping.set()


def _finish(lanes: list[Lane]) -> None:
    stopping.set()
    deadline = time.monotonic() + GRACE_SECONDS
    for lane in lanes:
        lane.look.set()
        lane.join(max(0.0, deadline - time.monotonic()))


def _stop(_number: int, _frame: Any) -> None:
    stopping.set()
