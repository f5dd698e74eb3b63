"""The rows that somebody chose for a bulk action."""

from typing import Any

from django.db.models import QuerySet

from claimdesk.web.lists.found import matching
from claimdesk.web.lists.page import ListPage
from claimdesk.web.lists.state import State
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest


def chosen_rows(request: PageRequest, page: ListPage) -> QuerySet[Any]:
    """Return the chosen rows among those that the actor may see: `ids`, or all that match `query`."""
    state = State.of(request, page, request.POST.get("query", ""))
    if request.POST.get("everything"):
        return matching(state).order_by(*state.order.fields(backwards=False))
    ids = [whole_number(word) for word in request.POST.getlist("ids")]
    return state.scoped.filter(pk__in=ids).order_by(*state.order.fields(backwards=False))
