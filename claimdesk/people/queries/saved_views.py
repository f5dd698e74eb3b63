"""Saved views, as far as the actor may see them: his own."""

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.people.models import SavedView


def saved_views(actor: Actor, page: str = "") -> QuerySet[SavedView]:
    """Return the actor's views of all lists, or of one, by name."""
    if actor.id is None:
        return SavedView.objects.none()
    views = SavedView.objects.filter(user_id=actor.id).order_by("name", "id")
    return views.filter(page=page) if page else views
