"""The audit log: every event, for whom may read it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.ledger.models import Event
from claimdesk.people.permissions import VIEW_AUDIT_LOG


def audit_log(actor: Actor) -> QuerySet[Event]:
    """Return all events, or none to whom may not read them."""
    may = actor.may(VIEW_AUDIT_LOG) and not actor.is_acting
    return Event.objects.all() if may else Event.objects.none()


def events_with_ids(keys: Iterable[int]) -> list[Event]:
    """Return the events with those keys, for lines that point to them."""
    return list(Event.objects.filter(pk__in=list(keys)))
