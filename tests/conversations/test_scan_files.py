"""The virus scanner: files wait for it, are shown when it found nothing, and go when it did."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from claimdesk.config.configuration import ConfigurationError, read_configuration
from claimdesk.conversations.actions.files import pass_file, refuse_file
from claimdesk.conversations.files.scanning import ScannerFailed
from claimdesk.conversations.models import File
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import Event, Timer
from tests import make
from tests.conversations.samples import PDF, picture
from tests.conversations.test_attach_files import attached, signed_in
from tests.work import work_off

pytestmark = pytest.mark.django_db(transaction=True)
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd(*answers: bytes) -> Iterator[str]:
    """A scanner that speaks clamd's protocol, one answer after another, and finds the usual test file itself."""
    server = socket.create_server(("127.0.0.1", 0))
    given = list(answers)

    def serve() -> None:
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:
                assert lines.read(10) == b"zINSTREAM\0"
                content = b""
                while length := int.from_bytes(lines.read(4), "big"):
                    content += lines.read(length)
                found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
                connection.sendall(given.pop(0) if given else found)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


@pytest.fixture
def claim():
    """A claim that files are attached to."""
    return make.account_claim()


def test_without_a_scanner_nothing_waits(claim):  # F2
    assert attached(claim, by=make.actor(claim.user)).is_ready


def test_a_file_waits_for_the_scanner_and_is_shown_when_it_found_nothing(claim, settings):  # F2
    with clamd() as settings.SCANNER_URL:
        file = attached(claim, picture(size=(900, 900)), "photo.jpg", by=make.actor(claim.user))
        mine = signed_in(claim.user)
        assert {
            mine.get(f"/files/{file.pk}/{size}").status_code for size in ("", "picture/", "thumbnail/")
        } == {404}
        assert "Waiting for the virus scanner" in mine.get("/waiting/").content.decode()

        work_off()

    assert mine.get(f"/files/{file.pk}/").status_code == 200


def test_a_file_in_which_something_was_found_goes_and_leaves_a_trace(claim, settings):  # F2 F3
    with clamd() as settings.SCANNER_URL:
        file = attached(claim, EICAR, "test.txt", by=make.actor(claim.user))

        work_off()

    file.refresh_from_db()
    assert (file.state, file.words) == ("infected", "Eicar-Test-Signature")
    assert not default_storage.exists(file.kept_as)
    assert signed_in(claim.user).get(f"/files/{file.pk}/").status_code == 404
    assert Event.objects.get(kind="file.refused").data["words"] == "Eicar-Test-Signature"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"stream: Strange\0"])
def test_while_the_scanner_does_not_answer_as_it_should_the_file_waits(claim, settings, answer):  # F2
    with clamd(answer) as settings.SCANNER_URL:
        file = attached(claim, PDF, by=make.actor(claim.user))

        [outcome] = [one for one in work_off(may_fail=True) if one.error]

    file.refresh_from_db()
    assert isinstance(outcome.error, ScannerFailed)
    assert file.state == "waiting"
    assert Timer.objects.get(kind="file.scan").state == Timer.State.DUE


def test_a_scanner_that_is_down_lets_nothing_through(claim, settings):  # F2
    settings.SCANNER_URL = "unix:///nowhere/clamd.ctl"
    file = attached(claim, PDF, by=make.actor(claim.user))

    work_off(may_fail=True)

    file.refresh_from_db()
    assert file.state == "waiting"


def test_a_file_that_was_removed_meanwhile_stays_removed(claim, settings):  # F2
    with clamd() as settings.SCANNER_URL:
        file = attached(claim, PDF, by=make.actor(claim.user))
        signed_in(claim.user).post(f"/files/{file.pk}/removal/")

        work_off()

    file.refresh_from_db()
    assert file.state == "removed"


def test_people_pass_no_files(claim):  # F2
    file = attached(claim, PDF, by=make.actor(claim.user))
    File.objects.update(state="waiting")

    with pytest.raises(NotAllowed):
        pass_file(file, by=make.actor(make.staff(), door="office"))
    with pytest.raises(NotAllowed):
        refuse_file(file, about=claim, words="x", by=make.actor(make.staff(), door="office"))
    pass_file(file, by=SYSTEM)

    assert File.objects.get().is_ready


def test_an_address_that_is_none_is_refused_at_start(monkeypatch):  # F2
    monkeypatch.setenv("CLAIMDESK_SCANNER_URL", "http://scanner")

    with pytest.raises(ConfigurationError, match="CLAIMDESK_SCANNER_URL"):
        read_configuration()


def test_who_is_not_signed_in_is_asked_to(claim):  # F3
    assert Client().post("/files/", {"subject": f"account_claim/{claim.pk}"}).status_code == 302
