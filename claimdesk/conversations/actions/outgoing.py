"""Mail that goes out: stored first, then sent, every attempt with the server's words."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from claimdesk.company.permissions import EDIT_SETTINGS
from claimdesk.company.system_emails.rendering import blotted, render_sample
from claimdesk.conversations.actions.writing import new_message_id, set_sending
from claimdesk.conversations.events import MailResent, MailTested
from claimdesk.conversations.models import OutgoingMail
from claimdesk.conversations.permissions import VIEW_SENT_MAIL
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.move import move
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record

State = OutgoingMail.State
# How long after each attempt the next one follows; two days in all.
TRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
TEST_MARK = "[Test] "


@transaction.atomic
def store_mail(*, once: str, to: str, secrets: Iterable[str] = (), by: Actor, **fields: Any) -> OutgoingMail:
    """Store one mail and have it sent; the mail stored as `once` before is returned instead.

    Without SMTP it is kept, to be read in the office.

    Takes: `fields` of OutgoingMail, at least `key`, `subject`, `text`, `html`.
    Records: nothing; the mail is a record itself.
    """
    by.require(VIEW_SENT_MAIL)
    stored = OutgoingMail.objects.filter(once=once).first()
    if stored:
        return stored
    mail = OutgoingMail(
        once=once,
        to=to,
        secrets=sorted(set(filter(None, secrets))),
        message_id=new_message_id(),
        state=State.QUEUED if settings.SMTP_URL else State.KEPT,
        **fields,
    )
    try:
        with transaction.atomic():
            mail.save(force_insert=True)
    except IntegrityError:
        return OutgoingMail.objects.get(once=once)
    if mail.state == State.QUEUED:
        set_sending(mail)
    return mail


@transaction.atomic
def send_test_mail(key: str, *, language: str, to: str, by: Actor) -> OutgoingMail:
    """Send a system e-mail with the catalogue's examples, to see how it arrives.

    Records: MailTested.
    """
    by.require(EDIT_SETTINGS)
    sample = render_sample(key, language=language)
    mail = OutgoingMail.objects.create(
        key=key,
        once=new_message_id(),
        to=to,
        user_id=by.id,
        language=sample.language,
        subject=TEST_MARK + sample.subject,
        text=sample.text,
        html=sample.html,
        is_test=True,
        message_id=new_message_id(),
        state=State.QUEUED if settings.SMTP_URL else State.KEPT,
    )
    if mail.state == State.QUEUED:
        set_sending(mail)
    record(MailTested(mail_id=mail.pk, key=key, to=to), about=mail, by=by)
    return mail


@transaction.atomic
def resend_mail(mail: OutgoingMail, *, by: Actor) -> None:
    """Send a mail again. One that was delivered gets a new Message-ID, or its reader's server would drop it.

    Refuses: `secrets_gone`, `still_queued`, `no_smtp`.
    Records: MailResent.
    """
    by.require(VIEW_SENT_MAIL)
    if not settings.SMTP_URL:
        raise Refused("no_smtp", _("No mail server is configured, so mail is kept here and not sent."))
    if mail.secrets_blotted_at:
        raise Refused(
            "secrets_gone",
            _(
                "Its link or code was blotted out after sending. Have a fresh one sent from the person's own page."
            ),
        )
    fresh: dict[str, Any] = {"message_id": new_message_id()} if mail.state == State.SENT else {}
    move(mail, to=State.QUEUED, words="", attempts_before=len(mail.attempts), **fresh)
    set_sending(mail)
    record(MailResent(mail_id=mail.pk, key=mail.key, to=mail.to), about=mail, by=by)


@transaction.atomic
def begin_attempt(mail: OutgoingMail, *, by: Actor) -> None:
    """Note that a sending begins. If the process dies before its end is noted, it stays visible as cut off.

    Records: nothing; attempts stand on the mail.
    """
    by.require(VIEW_SENT_MAIL)
    _note(mail, [*mail.attempts, {"at": now().isoformat(), "outcome": "begun", "words": "", "accepted": []}])


@transaction.atomic
def end_attempt(
    mail: OutgoingMail, *, outcome: str, words: str, accepted: Iterable[str] = (), by: Actor
) -> None:
    """Note how the sending that was begun ended, with the server's words; secrets are blotted once sent.

    After the last of the TRIES it has failed too.
    Takes: `outcome`: "sent", "put off" or "failed"; `accepted`, the recipients taken.
    Records: nothing; attempts stand on the mail.
    """
    by.require(VIEW_SENT_MAIL)
    tries = len(mail.attempts) - mail.attempts_before
    if outcome == "put off" and tries > len(TRIES):
        outcome = "failed"
    attempt = mail.attempts[-1] | {"outcome": outcome, "words": words[:1000], "accepted": sorted(accepted)}
    fields: dict[str, Any] = {"words": words[:1000]}
    if outcome == "sent":
        fields |= {"state": State.SENT, "sent_at": now()} | _without_secrets(mail)
    elif outcome == "failed":
        fields["state"] = State.FAILED
    else:
        set_sending(mail, after=TRIES[tries - 1])
    _note(mail, [*mail.attempts[:-1], attempt], **fields)


def _note(mail: OutgoingMail, attempts: list[dict[str, Any]], **fields: Any) -> None:
    OutgoingMail.objects.filter(pk=mail.pk, state=State.QUEUED).update(attempts=attempts, **fields)
    mail.refresh_from_db()


def _without_secrets(mail: OutgoingMail) -> dict[str, Any]:
    if not mail.secrets:
        return {}
    return {
        "subject": blotted(mail.subject, mail.secrets),
        "text": blotted(mail.text, mail.secrets),
        "html": blotted(mail.html, mail.secrets),
        "secrets": [],
        "secrets_blotted_at": now(),
    }
