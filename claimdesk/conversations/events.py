"""Events of conversations, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event


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
