"""The page of a job."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Job
from tests import make

pytestmark = pytest.mark.django_db


def job(asked_by=None, **fields) -> Job:
    values = {"task": "customers.tasks.export", "arguments": {"args": [], "kwargs": {}}}
    return Job.objects.create(asked_by_id=asked_by.pk if asked_by else None, **values | fields)


@pytest.fixture
def clerk(client):
    person = make.staff("sales")
    client.force_login(person)
    return person


def test_who_asked_sees_how_far_it_is(client, clerk):
    row = job(clerk, done=30, total=120, message="customers", leased_until=now() + timedelta(minutes=1))

    page = client.get(f"/office/jobs/{row.pk}/").content.decode()

    assert 'max="120" value="30"' in page
    assert f'data-live="/office/jobs/{row.pk}/?part=1"' in page


def test_the_part_says_nothing_new_until_something_is_new(client, clerk):
    row = job(clerk, done=30, total=120, leased_until=now() + timedelta(minutes=1))
    address = f"/office/jobs/{row.pk}/?part=1"
    first = client.get(address, headers={"HX-Request": "true"})
    same = {"HX-Request": "true", "If-None-Match": first["ETag"]}

    assert client.get(address, headers=same).status_code == 304
    Job.objects.update(done=31)
    answer = client.get(address, headers=same)

    assert answer.status_code == 200
    assert b"<html" not in answer.content


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Waiting for its turn"),
        ({"error": "Traceback", "outcome": "OSError: disk full"}, "OSError: disk full"),
        ({"state": "given_up", "outcome": "ValueError: no header"}, "It did not work"),
        ({"state": "canceled", "outcome": "It was done already."}, "It was done already."),
    ],
)
def test_a_job_says_how_it_stands(client, clerk, fields, words):
    row = job(clerk, **fields)

    assert words in client.get(f"/office/jobs/{row.pk}/").content.decode()


def test_an_ended_job_asks_no_more(client, clerk):
    row = job(clerk, state="done")

    assert "data-live=" not in client.get(f"/office/jobs/{row.pk}/?part=1").content.decode().split("job-")[1]


def test_the_file_that_a_job_made_can_be_had(client, clerk):
    path = default_storage.save("exports/x.csv", ContentFile(b"number;name\n"))
    row = job(clerk, state="done", result={"file": path, "name": "customers.csv"})

    assert "customers.csv" in client.get(f"/office/jobs/{row.pk}/").content.decode()
    answer = client.get(f"/office/jobs/{row.pk}/file/")

    assert b"".join(answer.streaming_content) == b"number;name\n"
    assert 'filename="customers.csv"' in answer["Content-Disposition"]


def test_a_job_without_a_file_has_none(client, clerk):
    for result in (None, 3, {"rows": 3}, {"file": "exports/gone.csv"}):
        row = job(clerk, state="done", result=result)

        assert client.get(f"/office/jobs/{row.pk}/file/").status_code == 404


def test_others_do_not_see_it_but_administrators_do(client, clerk):
    someone = make.staff("sales")
    row = job(someone, state="done", result={"file": "exports/x.csv"})

    for address in (f"/office/jobs/{row.pk}/", f"/office/jobs/{row.pk}/file/"):
        assert client.get(address).status_code == 404
    client.force_login(make.staff("administrator"))
    assert client.get(f"/office/jobs/{row.pk}/").status_code == 200


def test_customers_do_not_see_jobs(client):
    row = job()
    client.force_login(make.membership().user)

    assert client.get(f"/office/jobs/{row.pk}/").status_code == 404
