"""The timeline of a subject: its events and their outcomes, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models

from claimdesk.ledger.event_types import type_named
from claimdesk.ledger.models import Delivery, Event, EventQuerySet, subject_key


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a timeline."""

    event: Event
    at: datetime
    sentence: str
    actor: str
    acting_for: str
    door: str
    deliveries: list[Delivery]


def sentence_of(event: Event, **instead: str) -> str:
    """Return the event's line in the reader's language; values are plain text, to be escaped at display.

    Takes: `instead`, values in place of the event's own: a customer does not read who of staff it was.
    """
    event_type = type_named(event.kind)
    if event_type is None:
        return event.kind
    return str(event_type.sentence).format_map(
        _Lenient(event_type.shown({**event.data, **event.names, **instead}))
    )


def timeline(events: EventQuerySet, *, limit: int = 50, with_outcomes: bool = False) -> list[TimelineEntry]:
    """Return the newest `limit` lines of `events`. Outcomes of deliveries are for staff."""
    rows = events.order_by("-id")
    if with_outcomes:
        rows = rows.prefetch_related("deliveries")
    return [
        TimelineEntry(
            event=row,
            at=row.happened_at,
            sentence=sentence_of(row),
            actor=row.actor_name,
            acting_for=row.acting_for,
            door=row.door,
            deliveries=list(row.deliveries.all()) if with_outcomes else [],
        )
        for row in rows[:limit]
    ]


def events_about(subject: models.Model, *papers: models.Model) -> EventQuerySet:
    """Return the events about one row, and about its `papers`; who may see them is asked of their own room."""
    if not papers:
        return Event.objects.about(subject)
    return Event.objects.filter(subject__in=[subject_key(row) for row in (subject, *papers)])


def events_of_customer(customer_id: int) -> EventQuerySet:
    """Return the events in which a customer stands; whoever may see the customer may see them."""
    return Event.objects.filter(customer_id=customer_id)


def events_of_user(user_id: int) -> EventQuerySet:
    """Return the events in which a user stands; whoever may see the user may see them."""
    return Event.objects.filter(user_id=user_id)


def latest_events() -> EventQuerySet:
    """Return all events; for those who may read the audit log."""
    return Event.objects.all()
