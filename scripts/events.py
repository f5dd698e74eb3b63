"""Writes docs/events.md, what Claimdesk remembers, from the event types: `python scripts/events.py`."""

import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from itertools import groupby
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PAGE = HOUSE / "docs" / "events.md"
HEAD = """# What Claimdesk remembers

Every action records one of these events, in the transaction that made it true. An event is the entry of the
audit log, the line in timelines, and the reason for what follows. `make events` wrote this page from the
code; names in *italics* are personal and overwritten when somebody is erased.
"""


def page() -> str:
    """The whole page."""
    # Not at the top: the test that calls this has Django set up already, and models wait for that.
    import django  # noqa: PLC0415

    django.setup()
    from claimdesk.config.reactions import REACTIONS  # noqa: PLC0415
    from claimdesk.ledger.event_types import all_types  # noqa: PLC0415

    by_room = sorted(all_types(), key=lambda known: (room_of(known), known.kind))
    parts = [HEAD]
    for room, types in groupby(by_room, key=room_of):
        parts.append(f"\n## {room.capitalize()}\n")
        for known in types:
            parts += entry(known, REACTIONS.get(known.kind, ()))
    return "\n".join(parts).rstrip("\n") + "\n"


def room_of(known) -> str:
    """The room that an event type belongs to."""
    return known.type.__module__.split(".")[1]


def entry(known, reactions: tuple) -> Iterator[str]:
    """The lines of one event."""
    version = f" (version {known.version})" if known.version > 1 else ""
    yield f"**`{known.kind}`**{version}: {known.sentence}\n"
    note = known.type.__doc__ or ""
    if not note.startswith(f"{known.type.__name__}("):
        yield " ".join(note.split()) + "\n"
    columns = [
        f"*{field.name}*" if field.name in known.personal else field.name for field in fields(known.type)
    ]
    yield f"- holds: {', '.join(columns) or 'nothing more'}"
    if reactions:
        yield f"- then: {', '.join(name_of(reaction) for reaction in reactions)}"
    yield ""


def name_of(reaction) -> str:
    """Where a reaction lives, as a reader would look for it."""
    module = reaction.__module__.removeprefix("claimdesk.").replace(".", "/")
    return f"`{module}.py: {reaction.__name__}`"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "claimdesk.config.settings_test")
    sys.path.insert(0, str(HOUSE))
    PAGE.write_text(page())
