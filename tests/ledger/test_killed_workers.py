"""Workers that are killed in the midst of their work: nothing is lost, nothing is done by two at a time."""

import os
import select
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction

from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Delivery, Event, Job, Worker
from claimdesk.ledger.record import record
from claimdesk.people.events import UserEnabled
from tests import make, processes
from tests.ledger.frame_of_workers import count_up

pytestmark = [pytest.mark.courier, pytest.mark.django_db(transaction=True)]
EVENTS = 40
KILLS = 8
WORKERS = 3
ENOUGH_SECONDS = 120


class Crew:
    """Some workers, and what they tell."""

    def __init__(self, folder) -> None:
        self.reading, self.writing = os.pipe()
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "tests.ledger.settings_of_workers",
            "CLAIMDESK_TEST_DATABASE_URL": processes.database_url(),
            "CLAIMDESK_TEST_PIPE": str(self.writing),
            "CLAIMDESK_TEST_LOCKS": str(folder),
        }
        self.workers: dict[int, subprocess.Popen] = {}

    def hire(self, number: int = 1) -> None:
        for _ in range(number):
            worker = processes.claimdesk(
                "worker", environment=self.environment, pass_fds=(self.writing,), stderr=subprocess.DEVNULL
            )
            self.workers[worker.pid] = worker

    def kill(self, pid: int) -> None:
        processes.end(self.workers.pop(pid), signal.SIGKILL)

    def dismiss(self) -> list[int]:
        codes = [processes.end(worker) for worker in self.workers.values()]
        self.workers.clear()
        return codes

    def news(self) -> Iterator[tuple[str, str, int]]:
        """Word, subject and process, line by line, as long as that may take."""
        deadline = time.monotonic() + ENOUGH_SECONDS
        unread = b""
        while select.select([self.reading], [], [], max(0.0, deadline - time.monotonic()))[0]:
            *lines, unread = (unread + os.read(self.reading, 65536)).split(b"\n")
            for line in lines:
                word, what, pid = line.decode().split()
                yield word, what, int(pid)
        pytest.fail("the workers fell silent")

    def close(self) -> None:
        for pid in list(self.workers):
            self.kill(pid)
        os.close(self.reading)
        os.close(self.writing)


@pytest.fixture
def crew(tmp_path) -> Iterator[Crew]:
    workers = Crew(tmp_path)
    yield workers
    workers.close()


@pytest.fixture
def events(settings) -> set[str]:
    settings.LEDGER_REACTIONS = "tests.ledger.frame_of_workers.REACTIONS"
    person = make.user()
    for _ in range(EVENTS):
        with transaction.atomic():
            record(UserEnabled(user_id=person.pk, user=person.name), about=person, by=SYSTEM)
    return {f"event-{pk}" for pk in Event.objects.values_list("pk", flat=True)}


def test_whatever_is_killed_in_the_midst_is_done_by_another_and_by_one_at_a_time(crew: Crew, events):
    told: Counter[str] = Counter()
    ended: set[str] = set()
    killed: set[int] = set()
    crew.hire(WORKERS)

    for word, what, pid in crew.news():
        told[word] += 1
        if word == "end":
            ended.add(what)
        elif word == "begin" and pid in crew.workers and len(killed) < KILLS and told["begin"] % 3 == 0:
            crew.kill(pid)
            killed.add(pid)
            crew.hire()
        if ended == events:
            break
    codes = crew.dismiss()

    assert len(killed) == KILLS
    assert told["overlap"] == 0
    assert set(codes) <= {0, -signal.SIGTERM}  # the second: told to stop before it had begun
    assert Delivery.objects.filter(state="done", outcome="noted", lease="").count() == EVENTS
    assert Delivery.objects.filter(attempts__gt=1).count() >= 1
    assert not Worker.objects.exclude(name__regex=":(" + "|".join(map(str, killed)) + "):").exists()


def test_a_job_is_taken_over_from_a_killed_worker(crew: Crew):
    count_up.enqueue(20)
    told: Counter[tuple[int, str]] = Counter()
    killed = 0
    crew.hire(2)

    for word, _what, pid in crew.news():
        told[pid, word] += 1
        assert word != "overlap"
        if not killed and told[pid, "begin"] == 3:
            crew.kill(pid)
            killed = pid
        elif pid != killed and told[pid, "end"] == 20:
            break
    crew.dismiss()

    job = Job.objects.get()
    assert (job.state, job.result, job.attempts) == ("done", 20, 2)
    assert (job.done, job.total) == (19, 20)


def test_a_worker_that_is_told_to_stop_puts_its_job_back(crew: Crew):
    count_up.enqueue(1000)
    crew.hire()

    for word, _what, _pid in crew.news():
        if word == "end":
            break
    codes = crew.dismiss()

    job = Job.objects.get()
    assert codes == [0]
    assert (job.state, job.lease, job.attempts) == ("due", "", 0)
    assert not Worker.objects.exists()
