"""Handing one message to the mail server, and what it says. Source: RFC 5321."""

import smtplib
import ssl
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP

from claimdesk.mail.smtp_url import MailServer

SECONDS = 20  # for each answer of the server
IDLE_SECONDS = 30  # after which a connection is not used again
WIRE = SMTP.clone(cte_type="7bit")
_thread = threading.local()


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of a message: "sent", "put off" (worth another try) or "failed", in the server's words.

    `accepted` are the recipients that the server took, even where the first one was not.
    """

    outcome: str
    words: str
    accepted: list[str] = field(default_factory=list)


def hand_over(message: EmailMessage, *, sender: str, recipients: Sequence[str], server: MailServer) -> Handed:
    """Hand `message` to the server for `recipients`; the first of them decides what became of it.

    A connection is kept open for the next message of this thread.
    """
    try:
        smtp = _connection(server)
        return _hand_over(smtp, message.as_bytes(policy=WIRE), sender, recipients)
    except smtplib.SMTPResponseException as error:
        # Refusing our password, like everything before the message, is for the administrator to put right.
        drop_connection()
        return Handed("put off", _said(error.smtp_code, error.smtp_error))
    except UnicodeEncodeError:
        drop_connection()
        return Handed("failed", "The address holds letters that this mail server does not take.")
    except (smtplib.SMTPException, OSError) as error:
        drop_connection()
        return Handed("put off", f"{server}: {error or type(error).__name__}")


def greet(server: MailServer) -> None:
    """Connect, sign in and leave again.

    Raises: SMTPException, OSError.
    """
    _connect(server).quit()


def drop_connection() -> None:
    """Close this thread's connection, if there is one."""
    smtp = getattr(_thread, "smtp", None)
    _thread.smtp = None
    if smtp is not None:
        smtp.close()


def _hand_over(smtp: smtplib.SMTP, wire: bytes, sender: str, recipients: Sequence[str]) -> Handed:
    code, words = smtp.mail(sender)
    if code != 250:
        return _refused(smtp, code, words)
    answers = {recipient: smtp.rcpt(recipient) for recipient in recipients}
    accepted = [recipient for recipient, (code, _words) in answers.items() if code in (250, 251)]
    code, words = answers[recipients[0]]
    if not accepted:
        return _refused(smtp, code, words)
    data_code, data_words = smtp.data(wire)
    if data_code != 250:
        return _refused(smtp, data_code, data_words)
    _thread.used_at = time.monotonic()
    turned_away = "; ".join(f"{who}: {_said(*answers[who])}" for who in recipients if who not in accepted)
    outcome = "sent" if recipients[0] in accepted else _outcome_of(code)
    return Handed(outcome, "; ".join(filter(None, (_said(data_code, data_words), turned_away))), accepted)


def _refused(smtp: smtplib.SMTP, code: int, words: bytes) -> Handed:
    _thread.used_at = time.monotonic()
    smtp.rset()
    return Handed(_outcome_of(code), _said(code, words))


def _outcome_of(code: int) -> str:
    return "failed" if 500 <= code < 600 else "put off"


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}".replace("\n", " ")


def _connection(server: MailServer) -> smtplib.SMTP:
    smtp: smtplib.SMTP | None = getattr(_thread, "smtp", None)
    is_fresh = time.monotonic() - getattr(_thread, "used_at", 0.0) < IDLE_SECONDS
    if smtp is not None and _thread.server == server and is_fresh and _is_alive(smtp):
        return smtp
    drop_connection()
    _thread.smtp, _thread.server, _thread.used_at = _connect(server), server, time.monotonic()
    connected: smtplib.SMTP = _thread.smtp
    return connected


def _is_alive(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] == 250
    except (smtplib.SMTPException, OSError):
        return False


def _connect(server: MailServer) -> smtplib.SMTP:
    guarded = ssl.create_default_context()
    if server.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname="claimdesk", timeout=SECONDS, context=guarded
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname="claimdesk", timeout=SECONDS)
    try:
        if server.scheme == "smtp+starttls":
            smtp.starttls(context=guarded)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp
