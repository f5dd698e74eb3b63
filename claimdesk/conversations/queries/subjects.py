"""Subjects by their key ("reclamation/42"): which row that is, and who may do what with its files.

What a subject is, only rooms above know; the setting CONVERSATION_SUBJECTS names where they say so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed
from claimdesk.ledger.models import subject_key


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of subject. `rows` are those an actor may see, `may_attach` whether he may add files to a row.

    `refuse_change` raises Refused where the row takes and gives no more files, as what is closed for good.
    """

    rows: Callable[[Actor], QuerySet[Any]]
    may_attach: Callable[[Any, Actor], bool]
    refuse_change: Callable[[Any], None] = lambda row: None


def subject_row(key: str, *, actor: Actor) -> models.Model | None:
    """Return the row with that key, if there is one that `actor` may see."""
    kind, _slash, number = key.partition("/")
    subject = _subjects().get(kind)
    if subject is None or not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return subject.rows(actor).filter(pk=int(number)).first()


def may_attach(about: models.Model, actor: Actor) -> bool:
    """Tell whether `actor` may add files to a row; whoever may not see it may not."""
    key = subject_key(about)
    subject = _subjects().get(key.partition("/")[0])
    return subject is not None and subject.may_attach(about, actor)


def require_attach(about: models.Model, actor: Actor) -> None:
    """Raise NotAllowed unless `actor` may see the row and add files to it; Refused where it takes none any more."""
    key = subject_key(about)
    seen = subject_row(key, actor=actor)
    if seen is None or not may_attach(seen, actor):
        raise NotAllowed("conversations.attach_files")
    _subjects()[key.partition("/")[0]].refuse_change(seen)


def _subjects() -> Mapping[str, Subject]:
    subjects: Mapping[str, Subject] = import_string(settings.CONVERSATION_SUBJECTS)
    return subjects
