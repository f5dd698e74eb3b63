"""A real mail server that does as it is told."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from claimdesk.mail import smtp


class Mailbox:
    """What the server got, and how it answers.

    `answers` are given to DATA one after another, then "250 Taken"; `rcpt` holds the answers to recipients.
    "drop" closes the connection instead of answering. While it `holds_back`, it takes mail but does not say so.
    """

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.rcpt: dict[str, str] = {}
        self.taken: list[Envelope] = []
        self.connections = 0
        self.pause = 0.0
        self.port = 0
        self.holds_back = False
        self.has_taken = threading.Event()

    @property
    def messages(self) -> list[EmailMessage]:
        return [message_from_bytes(e.content, policy=default) for e in self.taken]  # type: ignore[misc]

    async def handle_EHLO(self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]) -> list[str]:  # fmt: skip  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any) -> str:  # fmt: skip  # noqa: N802
        answer = self.rcpt.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.pause)
        answer = self.answers.pop(0) if self.answers else "250 Taken as 4711"
        if answer.startswith("250"):
            self.taken.append(envelope)
            self.has_taken.set()
        if "drop" in answer:
            server.transport.abort()
        while self.holds_back:
            await asyncio.sleep(0.05)
        return answer


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """A mail server that is configured; what it got is in `messages`."""
    box = Mailbox()
    box.port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    settings.SMTP_URL = f"smtp://127.0.0.1:{box.port}"
    yield box
    smtp.drop_connection()
    controller.stop()
