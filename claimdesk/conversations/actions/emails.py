"""E-mails that a person of staff writes about a subject (E10)."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils.translation import gettext as _

from claimdesk.company.system_emails.rendering import render, supported_language
from claimdesk.conversations.actions.outgoing import store_mail
from claimdesk.conversations.actions.writing import new_message_id, write_files
from claimdesk.conversations.events import EmailSent
from claimdesk.conversations.files.storing import KeptFile
from claimdesk.conversations.models import OutgoingMail
from claimdesk.conversations.permissions import VIEW_SENT_MAIL
from claimdesk.conversations.queries.scope import reads_notes
from claimdesk.conversations.queries.subjects import addresses_of, require_write
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.kernel.text import fold_email, tidy
from claimdesk.ledger.models import subject_key
from claimdesk.ledger.record import record

KEY = "agent_email"
MOST_COPIES = 20
LONGEST = 20_000


@transaction.atomic
def send_email(
    about: models.Model,
    *,
    to: str,
    cc: Sequence[str] = (),
    subject: str,
    text: str,
    files: Sequence[KeptFile] = (),
    by: Actor,
) -> OutgoingMail:
    """Write an e-mail about a row, as a person of staff; it is stored here and sent later (E1, E10).

    The customer's people see it among the mails about the row where it went to one of their addresses.
    Refuses: `nothing_said`, `too_long`, `bad_address`, `too_many_copies`.
    Records: EmailSent.
    """
    require_write(about, by)
    if not reads_notes(by):
        raise NotAllowed("conversations.write_messages")
    title, words, copies = tidy(subject)[:250], text.strip(), _copies(to, cc)
    if not title or not words:
        raise Refused("nothing_said", _("Please write something first."))
    if len(words) > LONGEST:
        raise Refused("too_long", _("Please write at most %(most)d characters.") % {"most": LONGEST})
    mail = store_mail(
        once=new_message_id(),
        key=KEY,
        to=to,
        cc=copies,
        subject_key=subject_key(about),
        customer_id=_reached(about, (to, *copies)),
        sender_id=by.id,
        sender_name=by.name,
        **_rendered(title, words),
        by=by.who_also_may(VIEW_SENT_MAIL),
    )
    write_files(mail, files, by=by)
    record(EmailSent(mail.pk, to, title, len(files)), about=about, by=by)
    return mail


def _reached(about: models.Model, addresses: Sequence[str]) -> int | None:
    """Return the key of the customer if any of the addresses is of its side."""
    is_theirs = {fold_email(address) for address in addresses} & addresses_of(about)
    return getattr(about, "customer_id", None) if is_theirs else None


def _copies(to: str, cc: Sequence[str]) -> list[str]:
    for address in (to, *cc):
        try:
            validate_email(address)
        except ValidationError as error:
            words = _("“%(address)s” is no e-mail address.") % {"address": address}
            raise Refused("bad_address", words) from error
    if len(cc) > MOST_COPIES:
        words = _("At most %(most)d people can get a copy.") % {"most": MOST_COPIES}
        raise Refused("too_many_copies", words)
    return [address for address in dict.fromkeys(cc) if fold_email(address) != fold_email(to)]


def _rendered(title: str, words: str) -> dict[str, str]:
    mail = render(KEY, language=supported_language(), values={"title": title, "words": words})
    return {"subject": mail.subject, "text": mail.text, "html": mail.html, "language": mail.language}
