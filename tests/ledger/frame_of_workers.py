"""What worker processes under test do: they tell the test over a pipe when they begin and end.

A lock that the kernel drops with its process shows whether two of them ever do one thing at a time.
"""

import fcntl
import os
import time
from pathlib import Path

from django_tasks import task

from claimdesk.ledger.jobs import progress
from claimdesk.ledger.models import Event

PIPE = int(os.environ.get("CLAIMDESK_TEST_PIPE", "-1"))
LOCKS = Path(os.environ.get("CLAIMDESK_TEST_LOCKS", "."))
WORKS_SECONDS = 0.05


def tell(word: str, what: str) -> None:
    """Write one line, whole."""
    os.write(PIPE, f"{word} {what} {os.getpid()}\n".encode())


def work_alone(what: str) -> None:
    """Work on `what` for a moment; tell if somebody else does just now."""
    with (LOCKS / what).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("overlap", what)
        tell("begin", what)
        time.sleep(WORKS_SECONDS)
        tell("end", what)


def note(event: Event) -> str:
    work_alone(f"event-{event.pk}")
    return "noted"


@task()
def count_up(number: int) -> int:
    for done in range(number):
        progress(done, number)
        work_alone("job")
    return number


REACTIONS = {"user.enabled": (note,)}
