"""The worker's part: one stored mail is sent, put off, or given up where everybody sees it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from claimdesk.conversations.actions.outgoing import begin_attempt, end_attempt
from claimdesk.conversations.actions.writing import set_sending
from claimdesk.conversations.models import File, OutgoingMail
from claimdesk.conversations.queries.files import files_about
from claimdesk.conversations.queries.outgoing import outgoing_mail_of_subject
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Timer
from claimdesk.mail.message import message_of, sender_address
from claimdesk.mail.smtp import Handed, hand_over
from claimdesk.mail.smtp_url import mail_server

A_WHILE = timedelta(minutes=1)


def send_outgoing_mail(timer: Timer) -> str:
    """Send the mail that the timer is about, outside any transaction.

    The attempt is noted before the server is asked. Should the process die between the server's yes and our
    note of it, the mail goes out again under the same Message-ID, and both attempts are seen.
    """
    mail = outgoing_mail_of_subject(timer.subject, SYSTEM)
    if mail is None or mail.state != OutgoingMail.State.QUEUED:
        return "nothing to send"
    if not settings.SMTP_URL:
        return "no mail server is configured"
    if mail.sender_name and _files_in(mail, File.State.WAITING):
        with transaction.atomic():
            set_sending(mail, after=A_WHILE)
        return "its files wait for the virus scanner"
    begin_attempt(mail, by=SYSTEM)
    handed = _hand_over(mail)
    end_attempt(mail, outcome=handed.outcome, words=handed.words, accepted=handed.accepted, by=SYSTEM)
    return f"{mail.get_state_display()}: {handed.words}"


def _files_in(mail: OutgoingMail, state: str) -> bool:
    return files_about(mail).filter(state=state).exists()


def _hand_over(mail: OutgoingMail) -> Handed:
    if mail.sender_name and _files_in(mail, File.State.INFECTED):
        return Handed("failed", "The virus scanner refused a file of it.")
    taken = {address for attempt in mail.attempts for address in attempt["accepted"]}
    recipients = [address for address in (mail.to, *mail.cc, *mail.bcc) if address not in taken]
    try:
        message = message_of(mail)
    except ValueError as error:
        return Handed("failed", f"This is no mail that can be sent: {error}")
    return hand_over(
        message,
        sender=sender_address(),
        recipients=list(dict.fromkeys(recipients)),
        server=mail_server(settings.SMTP_URL),
    )
