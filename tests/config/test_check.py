"""`claimdesk check`."""

import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.conf import settings as loaded
from django.db import connection, transaction

from claimdesk.config.checkup import database, look, security, surroundings, work
from claimdesk.config.commands.check import check
from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import set_timer
from claimdesk.ledger.models import Timer, Worker
from tests import make


@pytest.mark.parametrize(
    ("key", "grade"),
    [
        ("", "fail"),
        ("secret", "fail"),
        ("a" * 80, "fail"),
        ("abababababababababababababababababababab", "fail"),
        ("q7Gx-0vN1mYp_WcR4tKzLd8sBf3hJe6uAo2iQy5nTbVg", "ok"),
    ],
)
def test_the_secret_key_is_judged_by_how_hard_it_is_to_guess(key, grade):
    assert security.secret_key(key).grade == grade


@pytest.mark.parametrize(
    ("url", "grade"),
    [
        ("https://desk.example.com", "ok"),
        ("http://desk.example.com", "fail"),
        ("http://127.0.0.1:8000", "warn"),
        ("http://localhost:8000", "warn"),
    ],
)
def test_the_base_url_must_be_guarded_unless_it_is_local(url, grade):
    assert security.base_url(url, is_given=True).grade == grade


@pytest.mark.parametrize(
    ("hosts", "grade"),
    [
        (["desk.example.com"], "ok"),
        ([".example.com"], "ok"),
        (["other.example.com"], "fail"),
        (["*"], "fail"),
    ],
)
def test_allowed_hosts_hold_our_own_name_and_not_any(hosts, grade):
    assert security.allowed_hosts(hosts, "https://desk.example.com").grade == grade


def test_https_needs_to_know_its_proxy():
    assert security.trusted_proxies([], "https://desk.example.com").grade == "warn"
    assert security.trusted_proxies(["10.0.0.1"], "https://desk.example.com").grade == "ok"
    assert security.trusted_proxies([], "http://127.0.0.1:8000").grade == "ok"


def test_a_secret_file_that_others_can_read_fails(settings, tmp_path):
    settings.CONFIGURATION = replace(loaded.CONFIGURATION, data_dir=tmp_path, is_secret_key_given=False)
    (tmp_path / "secret-key").write_text("q7Gx")
    (tmp_path / "secret-key").chmod(0o644)

    [finding] = [finding for finding in security.security() if finding.subject == "secret file"]

    assert finding.grade == "fail"
    assert "chmod 600" in finding.advice


def test_without_a_mail_server_nobody_receives_mail(settings):
    settings.SMTP_URL = ""

    assert surroundings.mail().grade == "warn"


def test_a_mail_server_that_does_not_answer_fails_without_telling_the_password(settings):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        settings.SMTP_URL = f"smtp://me:hunter2@127.0.0.1:{nobody.getsockname()[1]}"

        finding = surroundings.mail()

    assert finding.grade == "fail"
    assert "hunter2" not in finding.text + finding.advice


def test_a_mail_server_named_wrongly_fails(settings):
    settings.SMTP_URL = "mail.example.com"

    assert surroundings.mail().grade == "fail"


def test_a_folder_that_cannot_be_written_fails(settings, tmp_path):
    (tmp_path / "files").write_text("a file where a folder should be")
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }

    assert surroundings.storage().grade == "fail"


def test_a_setting_without_effect_is_told(settings):
    settings.CONFIGURATION = replace(loaded.CONFIGURATION, imap_url="imap://host")

    assert [(found.grade, found.subject) for found in surroundings.unused()] == [
        ("warn", "CLAIMDESK_IMAP_URL")
    ]


def test_files_in_a_bucket_are_in_no_backup_and_that_is_told(settings):  # F3
    assert list(surroundings.files_in_backup()) == []

    settings.CONFIGURATION = replace(loaded.CONFIGURATION, storage_url="s3://host/bucket")

    assert [found.grade for found in surroundings.files_in_backup()] == ["warn"]


@pytest.mark.django_db
def test_a_database_that_lacks_migrations_fails_and_is_not_asked_further():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'ledger'")

    found = {finding.subject: finding.grade for finding in look.findings()}

    assert found["migrations"] == "fail"
    assert "worker" not in found


@pytest.mark.django_db
def test_clock_of_this_machine_is_its_own():
    assert database.clock().grade == "ok"


@pytest.mark.django_db
def test_work_that_waits_or_was_given_up_is_told():
    make.staff()
    with transaction.atomic():
        set_timer("bell", "customer/1", due_at=now() - timedelta(hours=1))
    Timer.objects.create(kind="bell", subject="customer/2", state=Timer.State.GIVEN_UP)

    found = {finding.subject: finding for finding in work.work()}

    assert found["administrator"].grade == "ok"
    assert found["worker"].grade == "warn"
    assert "60 minutes" in found["backlog"].text
    assert found["given up"].text == "1 of kind timer"


@pytest.mark.django_db
def test_a_house_at_work_is_well():
    make.staff()
    Worker.objects.create(name="here:1")

    assert {finding.grade for finding in work.work()} == {"ok"}
    assert work.demo_world().grade == "ok"
    make.company(is_demo=True)
    assert work.demo_world().grade == "warn"


@pytest.mark.django_db
def test_the_command_ends_with_1_when_something_fails(settings):
    settings.ALLOWED_HOSTS = ["*"]

    outcome = CliRunner().invoke(check)

    assert outcome.exit_code == 1
    assert "fail  allowed hosts: any" in outcome.output
    assert "CLAIMDESK_ALLOWED_HOSTS" in outcome.output
