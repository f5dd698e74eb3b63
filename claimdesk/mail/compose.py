"""post(): the one way in which a system e-mail comes into being."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import models

from claimdesk.company.queries.system_emails import sending
from claimdesk.company.system_emails.catalogue import email_named
from claimdesk.company.system_emails.declaring import DeclaredEmail
from claimdesk.company.system_emails.rendering import Rendered, blotted, render, supported_language
from claimdesk.conversations.actions.outgoing import store_mail
from claimdesk.conversations.actions.writing import new_message_id
from claimdesk.conversations.models import OutgoingMail
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.text import fold_email
from claimdesk.ledger.models import Event, subject_key
from claimdesk.people.models import User


def post(
    key: str,
    *,
    to: str,
    context: Mapping[str, Any],
    event: Event | None = None,
    user: User | None = None,
    customer: Customer | None = None,
    language: str = "",
    secrets: tuple[str, ...] = (),
    subject_row: models.Model | None = None,
) -> OutgoingMail | None:
    """Store the system e-mail `key` for one recipient, in his language; repeating it for one event does nothing.

    Whoever gets a copy of a mail with links or codes gets them blotted out.
    Takes: `context`, a value for each placeholder but the seller's own; `secrets`, more to blot out than what is
    declared so.
    Returns: the mail, or None when it is switched off, muted by its reader, or has no recipient.
    """
    email, how = email_named(key), sending(key)
    if not to or not how.is_on or (user and email.notice and email.notice in user.muted_mails):
        return None
    wishes = (language, user.language if user else "", customer.language if customer else "")
    values = {name: str(value) for name, value in context.items()}
    words = render(key, language=supported_language(*wishes), values=values)
    hidden = [*secrets, *_secrets(email, values)]
    about = {"key": key, **_about(event, user, customer, subject_row)}
    if not hidden:
        return _store(event, words, to=to, cc=how.cc, bcc=how.bcc, **about)
    mail = _store(event, words, to=to, secrets=hidden, **about)
    for address in (*how.cc, *how.bcc):
        if fold_email(address) != fold_email(to):
            _store(event, _without(words, hidden), to=address, **about)
    return mail


def outcome(*mails: OutgoingMail | None) -> str:
    """Return the line that a reaction reports; it names no person, for it outlives them."""
    stored = [f"mail {mail.pk}: {mail.key.replace('_', ' ')}" for mail in mails if mail]
    return "; ".join(stored) or "no mail: switched off, muted or without address"


def _about(
    event: Event | None, user: User | None, customer: Customer | None, subject_row: models.Model | None
) -> dict[str, Any]:
    return {
        "event_id": event.pk if event else None,
        "customer_id": customer.pk if customer else None,
        "user_id": user.pk if user else None,
        "subject_key": subject_key(subject_row) if subject_row else (event.subject if event else ""),
    }


def _secrets(email: DeclaredEmail, values: Mapping[str, str]) -> list[str]:
    return [values[each.name] for each in email.placeholders if each.is_secret and each.name in values]


def _store(event: Event | None, words: Rendered, *, to: str, key: str, **fields: Any) -> OutgoingMail:
    recipient = hashlib.sha256(fold_email(to).encode()).hexdigest()[:32]
    return store_mail(
        once=f"{event.pk}:{key}:{recipient}" if event else new_message_id(),
        to=to,
        key=key,
        language=words.language,
        subject=words.subject,
        text=words.text,
        html=words.html,
        by=SYSTEM,
        **fields,
    )


def _without(words: Rendered, hidden: list[str]) -> Rendered:
    return Rendered(
        blotted(words.subject, hidden),
        blotted(words.text, hidden),
        blotted(words.html, hidden),
        words.language,
    )
