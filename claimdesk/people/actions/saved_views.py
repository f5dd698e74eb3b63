"""Saved views of lists: a person's own names for filters, sort and columns."""

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.kernel.text import tidy
from claimdesk.ledger.record import record
from claimdesk.people.events import ViewRemoved, ViewSaved
from claimdesk.people.models import SavedView

MOST_VIEWS = 30


@transaction.atomic
def save_view(page: str, *, name: str, query: str, by: Actor) -> SavedView:
    """Keep a list's query under a name of one's own; the same name again replaces what it stood for.

    Refuses: `name_missing`, `too_many_views`.
    Records: ViewSaved.
    """
    if by.id is None:
        raise NotAllowed("sign in")
    name = tidy(name)[:80]
    if not name:
        raise Refused("name_missing", _("Give the view a name."))
    if SavedView.objects.filter(user_id=by.id, page=page).exclude(name=name).count() >= MOST_VIEWS:
        raise Refused("too_many_views", _("You have many views of this list. Remove one first."))
    view, _made = SavedView.objects.update_or_create(
        user_id=by.id, page=page, name=name, defaults={"query": query}
    )
    record(ViewSaved(page=page, view=name), about=view, by=by)
    return view


@transaction.atomic
def remove_view(view: SavedView, *, by: Actor) -> None:
    """Forget a saved view of one's own.

    Records: ViewRemoved.
    """
    if by.id is None or view.user_id != by.id:
        raise NotAllowed("own saved views")
    record(ViewRemoved(page=view.page, view=view.name), about=view, by=by)
    view.delete()
