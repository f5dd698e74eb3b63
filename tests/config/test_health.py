"""/healthz, /readyz and /metrics."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings as loaded
from django.db import connection, transaction

from claimdesk.config.database_state import own_migrations
from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import Timer, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_token(settings):
    settings.CONFIGURATION = replace(loaded.CONFIGURATION, metrics_token="s3cret-token")


def test_a_process_that_lives_says_so_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_a_house_with_a_worker_is_ready(client):
    Worker.objects.create(name="here:1")

    answer = client.get("/readyz")

    assert answer.status_code == 200
    expected = {"ready": True, "database": "ok", "migrations": "ok", "worker": "ok", "queue": "ok"}
    assert answer.json() == expected


def test_a_missing_worker_and_late_work_are_told_but_pages_stay_in_service(client):
    Worker.objects.create(name="here:1", seen_at=now() - timedelta(minutes=2))
    with transaction.atomic():
        set_timer("bell", "customer/1", due_at=now() - timedelta(hours=1))

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["worker"] == "not seen"
    assert answer.json()["queue"].endswith("s late")


def test_a_database_that_lacks_migrations_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'ledger'")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["ready"] is False


def test_metrics_tell_what_is_due_and_given_up(client):
    with transaction.atomic():
        set_timer("bell", "customer/1", due_at=now() - timedelta(hours=1))
    Timer.objects.create(kind="bell", subject="customer/2", state=Timer.State.GIVEN_UP)

    text = client.get("/metrics").content.decode()

    assert 'claimdesk_due{kind="timer"} 1.0' in text
    assert 'claimdesk_given_up{kind="timer"} 1.0' in text
    assert 'claimdesk_oldest_due_age_seconds{kind="timer"} 36' in text
    assert 'claimdesk_mails{state="queued"} 0.0' in text


@pytest.mark.parametrize(
    "request_line",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.9"},
        {"REMOTE_ADDR": ""},
    ],
)
def test_metrics_do_not_exist_for_the_world(client, request_line):
    assert client.get("/metrics", **request_line).status_code == 404


def test_with_a_token_only_who_knows_it_reads_metrics(client, with_token):
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer wrong").status_code == 404
    answer = client.get("/metrics", REMOTE_ADDR="203.0.113.9", HTTP_AUTHORIZATION="Bearer s3cret-token")
    assert answer.status_code == 200


def test_asking_again_reads_no_migrations_of_this_version_anew(client, django_assert_max_num_queries):
    client.get("/readyz")
    read = own_migrations.cache_info().misses

    with django_assert_max_num_queries(12):
        client.get("/readyz")

    assert own_migrations.cache_info().misses == read == 1
