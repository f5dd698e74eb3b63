"""Timelines as the office shows them."""

from typing import Any

from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import EventQuerySet
from claimdesk.ledger.queries.timeline import TimelineEntry
from claimdesk.web.words import door_name

NAME_ANOTHER_CUSTOMER = ("membership.moved", "contact.mapped", "customer.merged")


def seen_by(events: EventQuerySet, actor: Actor) -> EventQuerySet:
    """Return the events without those whose sentence names a second customer, for staff limited to their own."""
    return events.exclude(kind__in=NAME_ANOTHER_CUSTOMER) if actor.only_own_customers else events


def entries_of(found: list[TimelineEntry]) -> list[dict[str, Any]]:
    """Return lines of a timeline as its partial shows them: the outcomes of deliveries as a note."""
    return [
        {
            "at": entry.at,
            "sentence": entry.sentence,
            "who": _("for %s") % entry.acting_for if entry.acting_for else "",
            "door": "" if entry.door == "office" else door_name(entry.door),
            "note": " · ".join(delivery.outcome for delivery in entry.deliveries if delivery.outcome),
        }
        for entry in found
    ]
