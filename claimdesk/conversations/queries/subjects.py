"""Subjects by their key ("reclamation/42"): which row that is, and who may say or attach something there.

What a subject is, only rooms above know; the setting CONVERSATION_SUBJECTS names where they say so. Messages and
mails, which are this room's own, bear files too: who may see those, sees these.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from claimdesk.conversations.models import Message, OutgoingMail
from claimdesk.conversations.queries.scope import reads_notes, shown_mails, shown_messages
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import subject_key


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of subject. `rows` are those an actor may see, `may_attach` whether he may add files to a row.

    `refuse_change` raises Refused where the row takes and gives no more files, as what is closed for good.
    `may_write` tells whether he may comment on it; kinds without it have no comments. `addresses` are those of the
    customer's side, folded: what is mailed to one of them, the customer's people see.
    """

    rows: Callable[[Actor], QuerySet[Any]]
    may_attach: Callable[[Any, Actor], bool]
    refuse_change: Callable[[Any], None] = lambda row: None
    may_write: Callable[[Any, Actor], bool] | None = None
    addresses: Callable[[Any], set[str]] = lambda row: set()


def subject_row(key: str, *, actor: Actor) -> models.Model | None:
    """Return the row with that key, if there is one that `actor` may see."""
    kind, _slash, number = key.partition("/")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    if kind in _OWN:
        return _OWN[kind](int(number), actor)
    subject = _subjects().get(kind)
    return subject.rows(actor).filter(pk=int(number)).first() if subject else None


def may_attach(about: models.Model, actor: Actor) -> bool:
    """Tell whether `actor` may add files to a row; whoever may not see it may not."""
    subject = _subject_of(about)
    return subject is not None and subject.may_attach(about, actor)


def require_attach(about: models.Model, actor: Actor) -> None:
    """Raise NotAllowed unless `actor` may see the row and add files to it; Refused where it takes none any more."""
    seen = subject_row(subject_key(about), actor=actor)
    subject = _subject_of(about)
    if seen is None or subject is None or not subject.may_attach(seen, actor):
        raise NotAllowed("conversations.attach_files")
    subject.refuse_change(seen)


def may_write(about: models.Model, actor: Actor) -> bool:
    """Tell whether `actor` may comment on a row that he was shown."""
    subject = _subject_of(about)
    return subject is not None and subject.may_write is not None and subject.may_write(about, actor)


def may_note(about: models.Model, actor: Actor) -> bool:
    """Tell whether `actor` may leave internal notes at a row that he was shown: any of staff, in person."""
    subject = _subject_of(about)
    return subject is not None and subject.may_write is not None and reads_notes(actor)


def require_write(about: models.Model, actor: Actor, *, is_internal: bool = False) -> None:
    """Raise NotAllowed unless `actor` may see the row and comment on it, or leave an internal note."""
    seen = subject_row(subject_key(about), actor=actor)
    if seen is None or not (may_note if is_internal else may_write)(seen, actor):
        raise NotAllowed("conversations.write_messages")


def addresses_of(about: models.Model) -> set[str]:
    """Return the e-mail addresses of the customer's side of a row, folded."""
    subject = _subject_of(about)
    return subject.addresses(about) if subject else set()


def _subject_of(about: models.Model) -> Subject | None:
    return _subjects().get(subject_key(about).partition("/")[0])


def _subjects() -> Mapping[str, Subject]:
    subjects: Mapping[str, Subject] = import_string(settings.CONVERSATION_SUBJECTS)
    return subjects


def _message(key: int, actor: Actor) -> Message | None:
    message = shown_messages(actor).select_related("thread").filter(pk=key).first()
    return message if message and subject_row(message.thread.subject, actor=actor) else None


def _mail(key: int, actor: Actor) -> OutgoingMail | None:
    mail = OutgoingMail.objects.filter(pk=key).first()
    about = subject_row(mail.subject_key, actor=actor) if mail else None
    return shown_mails(about, actor=actor).filter(pk=key).first() if about is not None else None


_OWN: dict[str, Callable[[int, Actor], models.Model | None]] = {"message": _message, "outgoing_mail": _mail}
