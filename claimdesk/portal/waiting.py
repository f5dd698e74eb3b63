"""The waiting page: where one's request stands, and whom to ask (A47, A56)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from claimdesk.access.queries.onboarding import onboarding_to_do
from claimdesk.access.queries.standing import standing
from claimdesk.company.queries.registration import new_user_is_open
from claimdesk.portal.account_claims import thread_of
from claimdesk.web.gates import signed_in_page
from claimdesk.web.requests import PageRequest


@signed_in_page
def waiting(request: PageRequest) -> HttpResponse:
    """Say where one's request stands; who is inside has no business here."""
    if request.actor.customer_id is not None or request.actor.is_staff:
        return redirect("portal:home")
    if onboarding_to_do(request.actor) is not None:
        return redirect("portal:onboarding")
    where = standing(request.user)
    if where.state == "inside":
        return redirect("portal:home")
    context = {
        "title": _("Where your request stands"),
        "standing": where,
        "claim": where.account_claim,
        **(thread_of(where.account_claim, request.actor) if where.account_claim else {}),
        "can_connect": new_user_is_open()
        and where.state not in ("account_new", "account_admin", "account_closed"),
    }
    return render(request, "portal/waiting.html", context)


urls = [path("waiting/", waiting, name="waiting")]
