"""A stored mail as a message of RFC 5322, with one part of text and one of HTML."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from django.conf import settings

from claimdesk.company.queries.company import company
from claimdesk.conversations.files.storing import opened
from claimdesk.conversations.models import File, OutgoingMail
from claimdesk.conversations.queries.files import files_about
from claimdesk.kernel.text import tidy


def sender_address() -> str:
    """Return the address that mail comes from: the seller's, else one of this installation."""
    return company().email or f"no-reply@{urlsplit(settings.BASE_URL).hostname or 'localhost'}"


def message_of(mail: OutgoingMail) -> EmailMessage:
    """Return `mail` as it goes out.

    It bears the same Message-ID on every try, and says that a machine wrote it where one did (RFC 3834).
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = tidy(mail.subject)
    message["From"] = Address(tidy(company().name), addr_spec=sender_address())
    message["To"] = mail.to
    if mail.cc:
        message["Cc"] = ", ".join(mail.cc)
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = mail.message_id
    if not mail.sender_name:
        message["Auto-Submitted"] = "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
    if mail.language:
        message["Content-Language"] = mail.language
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    for file in files_about(mail).filter(state=File.State.READY) if mail.sender_name else ():
        kind, _slash, part = file.mime.partition("/")
        with opened(file.kept_as) as content:
            message.add_attachment(content.read(), maintype=kind, subtype=part, filename=file.name)
    return message
