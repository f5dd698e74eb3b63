"""Saving and removing views of lists; whoever is signed in may name his own."""

from urllib.parse import urlsplit

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.people.actions.saved_views import remove_view, save_view
from claimdesk.people.queries.saved_views import saved_views
from claimdesk.web.addresses import back
from claimdesk.web.answers import done
from claimdesk.web.gates import signed_in_page
from claimdesk.web.requests import PageRequest


@signed_in_page
@require_POST
def save(request: PageRequest) -> HttpResponse:
    """Keep the list's query, which the address to come back to carries."""
    to = back(request)
    save_view(
        request.POST.get("page", "")[:80],
        name=request.POST.get("name", ""),
        query=urlsplit(to).query,
        by=request.actor,
    )
    return done(request, to, _("The view is saved."))


@signed_in_page
@require_POST
def remove(request: PageRequest, pk: int) -> HttpResponse:
    """Forget a view."""
    view = get_object_or_404(saved_views(request.actor), pk=pk)
    remove_view(view, by=request.actor)
    return done(request, back(request), _("The view is removed."))


urls = [
    path("saved-views/", save, name="saved_views"),
    path("saved-views/<int:pk>/removal/", remove, name="saved_view_removal"),
]
