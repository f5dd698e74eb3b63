"""The files of a subject as a page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from claimdesk.company.queries.company import company
from claimdesk.conversations.files.kinds import KINDS
from claimdesk.conversations.models import File
from claimdesk.conversations.queries.files import files_about, may_remove
from claimdesk.conversations.queries.subjects import may_attach
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import subject_key
from claimdesk.web.files.fields import FilesForm


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file with its addresses; those that may not be used are empty."""

    name: str
    kind: str
    size: str
    by: str
    at: datetime
    state: str
    words: str
    url: str = ""
    picture_url: str = ""
    thumbnail_url: str = ""
    removal_url: str = ""


@dataclass(frozen=True, slots=True)
class FilesPanel:
    """What `web/files/_panel.html` needs. `subject` is the key of the row that the files are about."""

    subject: str
    files: list[ShownFile]
    may_attach: bool
    attach_url: str
    form: FilesForm


def files_panel(
    about: models.Model, *, actor: Actor, is_open: bool = True, form: FilesForm | None = None
) -> FilesPanel:
    """Return the files about a row that `actor` may see; who of the seller's people sent one, customers do not read.

    Takes: `is_open`, whether the row takes files still.
    """
    attaches = is_open and may_attach(about, actor)
    seller = company().name if actor.door == "portal" else ""
    return FilesPanel(
        subject=subject_key(about),
        files=[_shown(file, actor, changes=attaches, seller=seller) for file in files_about(about)],
        may_attach=attaches,
        attach_url=reverse(f"{actor.door}:files"),
        form=form or FilesForm(),
    )


def shown_files(files: Iterable[File], *, actor: Actor) -> list[ShownFile]:
    """Return files as a page shows them that are there to be read only."""
    seller = company().name if actor.door == "portal" else ""
    return [_shown(file, actor, changes=False, seller=seller) for file in files]


def _shown(file: File, actor: Actor, *, changes: bool, seller: str) -> ShownFile:
    wanted = {"url": "file"} if file.is_ready else {}
    if file.is_ready and file.is_picture:
        wanted |= {"picture_url": "file_picture", "thumbnail_url": "file_thumbnail"}
    if changes and file.state != File.State.INFECTED and may_remove(file, actor):
        wanted["removal_url"] = "file_removal"
    addresses: dict[str, Any] = {
        key: reverse(f"{actor.door}:{name}", args=[file.pk]) for key, name in wanted.items()
    }
    kind = KINDS.get(file.mime)
    return ShownFile(
        name=file.name,
        kind=str(kind.label) if kind else file.mime,
        size=filesizeformat(file.size),
        by=seller if seller and file.is_from_staff else file.added_by_name,
        at=file.added_at,
        state="" if file.is_ready else file.get_state_display(),
        words=file.words,
        **addresses,
    )
