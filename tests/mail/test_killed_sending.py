"""A worker that dies between the mail server's yes and our note of it."""

import signal
import subprocess
import time

import pytest

from claimdesk.conversations.models import OutgoingMail
from claimdesk.mail.compose import post
from tests import processes

pytestmark = [pytest.mark.courier, pytest.mark.django_db(transaction=True)]
NEWS = {"user": "Ada", "account": "Fischer Wood", "sign_in": "https://desk.example.com/sign-in/"}
ENOUGH_SECONDS = 60


def start_worker(smtp_url: str) -> subprocess.Popen:
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.mail.settings_of_workers",
        "CLAIMDESK_TEST_DATABASE_URL": processes.database_url(),
        "CLAIMDESK_SMTP_URL": smtp_url,
    }
    return processes.claimdesk("worker", environment=environment, stderr=subprocess.DEVNULL)


def wait_until_sent(mail: OutgoingMail) -> None:
    deadline = time.monotonic() + ENOUGH_SECONDS
    while time.monotonic() < deadline:
        mail.refresh_from_db()
        if mail.state == OutgoingMail.State.SENT:
            return
        time.sleep(0.1)
    pytest.fail(f"not sent in time: {mail.attempts}")


def test_it_goes_out_again_under_the_same_message_id_and_both_attempts_are_seen(mailbox, settings):  # A48
    mailbox.holds_back = True
    mail = post("account_enabled", to="ada@example.com", context=NEWS)
    first = start_worker(settings.SMTP_URL)
    assert mailbox.has_taken.wait(ENOUGH_SECONDS)

    processes.end(first, signal.SIGKILL)
    mailbox.holds_back = False
    second = start_worker(settings.SMTP_URL)
    try:
        wait_until_sent(mail)
    finally:
        processes.end(second)

    assert [message["Message-ID"] for message in mailbox.messages] == [mail.message_id] * 2
    assert [attempt["outcome"] for attempt in mail.attempts] == ["begun", "sent"]
