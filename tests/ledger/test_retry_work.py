"""What was given up can be tried again."""

import pytest
from click.testing import CliRunner

from claimdesk.config.commands.retry import retry
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.actions.given_up import retry_work
from claimdesk.ledger.models import Event, Job, Timer
from tests import make

pytestmark = pytest.mark.django_db


def given_up_timer(**fields) -> Timer:
    values = {"kind": "bell", "subject": "customer/1", "state": "given_up", "attempts": 12, "outcome": "away"}
    return Timer.objects.create(**values | fields)


def test_given_up_work_is_due_again_with_all_its_attempts():
    row = given_up_timer()

    retry_work(row, by=make.STAFF)

    row.refresh_from_db()
    assert (row.state, row.attempts, row.finished_at) == ("due", 0, None)
    assert Event.objects.get().kind == "work.retried"


def test_only_given_up_work_is_tried_again():
    row = given_up_timer(state="done")

    with pytest.raises(Refused) as refusal:
        retry_work(row, by=make.STAFF)

    assert refusal.value.code == "not_given_up"
    assert Timer.objects.get().state == "done"
    assert not Event.objects.exists()


def test_what_was_set_again_meanwhile_is_left_as_it_is():
    timer = given_up_timer()
    given_up_timer(state="due")
    job = Job.objects.create(task="import", key="import", state="given_up", arguments={})
    Job.objects.create(task="import", key="import", arguments={})

    for row in (timer, job):
        with pytest.raises(Refused) as refusal:
            retry_work(row, by=make.STAFF)
        assert refusal.value.code == "set_again"

    assert Timer.objects.get(pk=timer.pk).state == Job.objects.get(pk=job.pk).state == "given_up"


def test_not_everybody_has_work_tried_again():
    row = given_up_timer()

    with pytest.raises(NotAllowed):
        retry_work(row, by=VISITOR)

    assert Timer.objects.get().state == "given_up"


def test_the_command_lists_and_retries():
    given_up_timer()
    given_up_timer(subject="customer/2", state="done")

    listed = CliRunner().invoke(retry, ["--list"])
    assert "bell customer/1: away" in listed.output
    assert "customer/2" not in listed.output
    assert Timer.objects.filter(state="given_up").count() == 1
    CliRunner().invoke(retry)

    assert Timer.objects.filter(state="due").count() == 1
