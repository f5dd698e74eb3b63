"""Timelines as customers read them: who of the seller it was, they do not."""

from typing import Any

from claimdesk.ledger.models import Event, EventQuerySet
from claimdesk.ledger.queries.timeline import sentence_of

MOST_EVENTS = 100


def timeline_of(events: EventQuerySet, *, seller: str) -> list[dict[str, Any]]:
    """Return the lines of a timeline, newest first, as its partial shows them."""
    return [
        {"at": event.happened_at, "sentence": sentence_of(event, actor=who_of(event, seller=seller))}
        for event in events.order_by("-id")[:MOST_EVENTS]
    ]


def who_of(event: Event, *, seller: str) -> str:
    """Return who did it: a customer's person by name, else the seller."""
    return event.actor_name if event.actor_kind == "user" else seller
