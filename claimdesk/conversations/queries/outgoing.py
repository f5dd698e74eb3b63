"""Outgoing mail, as far as the actor may read it."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from claimdesk.company.system_emails.rendering import blotted
from claimdesk.conversations.models import OutgoingMail
from claimdesk.conversations.permissions import VIEW_SENT_MAIL
from claimdesk.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class ReadableMail:
    """The words of a mail as a reader may see them."""

    subject: str
    text: str
    html: str
    is_blotted: bool


def outgoing_mails(actor: Actor) -> QuerySet[OutgoingMail]:
    """Return the mails that `actor` may read: all, or none."""
    may = actor.may(VIEW_SENT_MAIL) and not actor.is_acting
    return OutgoingMail.objects.all() if may else OutgoingMail.objects.none()


def outgoing_mail_of_subject(subject: str, actor: Actor) -> OutgoingMail | None:
    """Return the mail with the key "outgoing_mail/42", if there is one."""
    key = subject.rpartition("/")[2]
    return outgoing_mails(actor).filter(pk=int(key)).first() if key.isdigit() else None


def readable(mail: OutgoingMail) -> ReadableMail:
    """Return the mail's words; links and codes only while no mail server is configured (last rule of A)."""
    if not settings.SMTP_URL:
        return ReadableMail(mail.subject, mail.text, mail.html, bool(mail.secrets_blotted_at))
    return ReadableMail(
        blotted(mail.subject, mail.secrets),
        blotted(mail.text, mail.secrets),
        blotted(mail.html, mail.secrets),
        bool(mail.secrets or mail.secrets_blotted_at),
    )


def failed_count(*, at_most: int = 1000) -> int:
    """Return how many mails were given up, counted up to one more than `at_most`."""
    failed = OutgoingMail.objects.filter(state=OutgoingMail.State.FAILED)
    return failed.order_by()[: at_most + 1].count()
