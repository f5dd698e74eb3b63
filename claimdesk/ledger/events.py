"""Events of the ledger itself, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event
from claimdesk.ledger.imports.registry import LABELS


@event(
    "import.chunk_taken", _("{actor} imported {kind}: {new} new, {changed} changed"), words={"kind": LABELS}
)
class ImportChunkTaken:
    kind: str
    new: int
    changed: int
    refused: int


@event("import.brought", _("{actor} brought the file {file} to import {kind}"), words={"kind": LABELS})
class ImportBrought:
    kind: str
    file: str


@event("import.mapped", _("{actor} mapped the columns of {file}"))
class ImportMapped:
    kind: str
    file: str


@event("import.asked", _("{actor} started the import of {file}"))
class ImportAsked:
    kind: str
    file: str
    is_dry_run: bool


@event("work.retried", _("{actor} had {work} tried again"))
class WorkRetried:
    """`work` names what was given up: a reaction, a task or a kind of timer, and what it is about."""

    work: str
