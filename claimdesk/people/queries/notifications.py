"""One's own notifications."""

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.people.models import Notification


def notifications(actor: Actor) -> QuerySet[Notification]:
    """Return the actor's own lines, the newest first; while staff act for somebody, there are none."""
    if actor.id is None or actor.is_acting:
        return Notification.objects.none()
    return Notification.objects.filter(user_id=actor.id).order_by("-pk")
