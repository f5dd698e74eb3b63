"""Events of conversations, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


@event("message.added", _("{actor} commented"))
class MessageAdded:
    message_id: int
    files: int


@event("note.added", _("{actor} left an internal note"))
class NoteAdded:
    message_id: int
    files: int


@event("email.sent", _("{actor} sent an e-mail to {to}: {title}"), personal=("to", "title"))
class EmailSent:
    mail_id: int
    to: str
    title: str
    files: int


@event("mail.resent", _("{actor} sent the mail {key} to {to} again"), personal=("to",))
class MailResent:
    mail_id: int
    key: str
    to: str


@event("mail.tested", _("{actor} sent a test of {key} to {to}"), personal=("to",))
class MailTested:
    mail_id: int
    key: str
    to: str


@event("file.attached", _("{actor} attached {names}"))
class FilesAttached:
    files: list[int]
    names: str


@event("file.removed", _("{actor} removed the file {name}"))
class FileRemoved:
    file_id: int
    name: str
    digest: str


@event("file.refused", _("The virus scanner refused {name}: {words}"))
class FileRefused:
    file_id: int
    name: str
    digest: str
    words: str
