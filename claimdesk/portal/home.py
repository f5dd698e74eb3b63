"""The first page: tiles for who is inside, the way on for everybody else; and the account switcher."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.access.queries.access import memberships_that_count
from claimdesk.access.queries.onboarding import onboarding_to_do
from claimdesk.web.addresses import back
from claimdesk.web.answers import SeeOther
from claimdesk.web.gates import signed_in_page
from claimdesk.web.middleware import CUSTOMER_IN_HAND
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest


@signed_in_page
def home(request: PageRequest) -> HttpResponse:
    """Show the tiles of the account in hand; lead others to where they have to go."""
    actor = request.actor
    if actor.customer_id is not None:
        return render(request, "portal/home.html", {"title": _("Home")})
    if actor.is_staff:
        return redirect("/office/")
    if onboarding_to_do(request.actor) is not None:
        return redirect("portal:onboarding")
    return redirect("portal:waiting")


@signed_in_page
@require_POST
def account_in_hand(request: PageRequest) -> HttpResponse:
    """Take another of one's accounts in hand; one that gives no access does not exist."""
    named = whole_number(request.POST.get("customer"))
    mine = memberships_that_count(request.user)
    if not mine.filter(customer_id=named).exists():
        raise Http404
    request.session[CUSTOMER_IN_HAND] = named
    return SeeOther(back(request))


urls = [
    path("", home, name="home"),
    path("account-in-hand/", account_in_hand, name="account_in_hand"),
]
