"""Stop acting for a customer; every page's banner leads here (A84)."""

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.access.actions.acting import stop_acting
from claimdesk.access.queries.acting import acting_session_of
from claimdesk.web.answers import done
from claimdesk.web.gates import signed_in_page
from claimdesk.web.middleware import ACTING
from claimdesk.web.requests import PageRequest


@signed_in_page
@require_POST
def acting_stop(request: PageRequest) -> HttpResponse:
    session = acting_session_of(request.actor, request.session.pop(ACTING, None))
    if session is not None:
        stop_acting(session, by=request.actor)
        return done(
            request, reverse("office:customer", args=[session.customer_id]), _("You act for yourself again.")
        )
    return done(request, reverse("portal:home"))


urls = [path("acting/stop/", acting_stop, name="stop_acting")]
