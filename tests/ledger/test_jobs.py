"""Jobs through the interface of django-tasks."""

from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus, task
from django_tasks.exceptions import TaskResultDoesNotExist

from claimdesk.kernel.clock import now
from claimdesk.ledger.courier import holding
from claimdesk.ledger.courier.attempt import attempt
from claimdesk.ledger.courier.leases import claim
from claimdesk.ledger.jobs import ask, progress
from claimdesk.ledger.models import Job
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db


@task()
def add(first: int, second: int) -> int:
    progress(1, 2, "half of it")
    progress(2, 2, "all of it")
    return first + second


@task()
def break_down() -> None:
    progress(3, 10)
    raise ValueError("the file has no header")


@task(takes_context=True)
def which(context) -> str:
    return f"attempt {context.attempt}"


def test_an_enqueued_task_is_done_and_its_result_can_be_had():
    asked = add.enqueue(2, second=3)
    assert asked.status == TaskResultStatus.READY

    work_off()
    asked.refresh()

    assert asked.status == TaskResultStatus.SUCCESSFUL
    assert asked.return_value == 5
    assert asked.started_at <= asked.finished_at
    assert add.get_result(asked.id).return_value == 5


def test_a_task_goes_with_the_transaction_that_asked_for_it():
    with transaction.atomic():
        add.enqueue(1, 1)
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_a_task_is_not_run_before_its_time():
    add.using(run_after=now() + timedelta(hours=1)).enqueue(1, 1)

    assert work_off() == []


def test_a_job_keeps_how_far_it_came():
    job = ask(add, 1, second=2, by=make.STAFF)

    work_off()

    job.refresh_from_db()
    assert (job.done, job.total, job.message) == (2, 2, "all of it")
    assert job.asked_by_name == make.STAFF.name


def test_a_job_that_fails_says_where_and_is_tried_again_few_times():
    asked = break_down.enqueue()

    for _ in range(Job.MOST_ATTEMPTS):
        Job.objects.update(due_at=now())
        work_off(may_fail=True)

    job = Job.objects.get()
    assert (job.state, job.outcome, job.done) == ("given_up", "ValueError: the file has no header", 3)
    assert "break_down" in job.error
    asked.refresh()
    assert asked.status == TaskResultStatus.FAILED
    assert "no header" in asked.errors[0].traceback


def test_of_one_key_there_is_one_unfinished_job():
    first = ask(add, 1, 2, key="sum", by=make.STAFF)
    again = ask(add, 3, 4, key="sum", by=make.STAFF)
    work_off()
    later = ask(add, 5, 6, key="sum", by=make.STAFF)

    assert first.pk == again.pk != later.pk
    assert Job.objects.get(state="done").result == 3


def test_a_task_can_know_its_attempt():
    which.enqueue()

    work_off()

    assert Job.objects.get().outcome == "attempt 1"


def test_a_running_job_is_told_as_running():
    asked = add.enqueue(1, 1)
    claim(Job)

    asked.refresh()

    assert asked.status == TaskResultStatus.RUNNING


def test_a_job_is_put_back_uncounted_when_the_worker_stops():
    ask(add, 1, 2, by=make.STAFF)
    row = claim(Job)
    holding.stopping.set()
    try:
        outcome = attempt(row)
    finally:
        holding.stopping.clear()

    job = Job.objects.get()
    assert outcome.state == job.state == "due"
    assert (job.attempts, job.lease, job.leased_until) == (0, "", None)
    work_off()
    assert Job.objects.get().result == 3


def test_a_job_that_is_no_longer_ours_stops_where_it_says_how_far_it_is():
    ask(add, 1, 2, by=make.STAFF)
    row = claim(Job)
    Job.objects.update(lease="another's")

    with holding.hold(row) as held:
        held.write()
        with pytest.raises(holding.Interrupted):
            progress(1, 2)

    assert Job.objects.get().lease == "another's"


def test_an_unknown_result_does_not_exist():
    for unknown in ("999", "nonsense"):
        with pytest.raises(TaskResultDoesNotExist):
            add.get_result(unknown)
