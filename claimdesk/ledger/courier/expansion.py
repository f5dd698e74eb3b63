"""Expansion: from an event to one Delivery per reaction, in one transaction with the event's mark."""

from django.db import transaction

from claimdesk.kernel.clock import now
from claimdesk.ledger.courier.locks import lock
from claimdesk.ledger.courier.registry import reaction_name, reactions
from claimdesk.ledger.models import Delivery, Event

CHUNK = 500


def expand() -> int:
    """Expand up to CHUNK events that nobody has expanded, and return how many.

    What marks an event is its own empty `expanded_at`, not a number that all before it have passed: on
    PostgreSQL a lower number can be committed later.
    """
    waiting = Event.objects.filter(expanded_at=None)
    if not waiting.exists():
        return 0
    with transaction.atomic():
        events = list(lock(waiting).order_by("pk").only("pk", "kind")[:CHUNK])
        known = reactions()
        deliveries = [
            Delivery(event_id=event.pk, reaction=reaction_name(reaction))
            for event in events
            for reaction in known.get(event.kind, ())
        ]
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
        Event.objects.filter(pk__in=[event.pk for event in events]).update(expanded_at=now())
    return len(events)
