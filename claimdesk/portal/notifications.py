"""The bell of customers' people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from claimdesk.people.actions.notifications import read_notifications
from claimdesk.web.answers import done
from claimdesk.web.gates import signed_in_page
from claimdesk.web.notifications import lines_for
from claimdesk.web.numbers import whole_number
from claimdesk.web.requests import PageRequest


@signed_in_page
def notifications_page(request: PageRequest) -> HttpResponse:
    """Show one's own notifications."""
    lines = lines_for(request.actor, door="portal")
    context = {
        "title": _("Notifications"),
        "lines": lines,
        "reading": reverse("portal:notifications_reading"),
        "preferences": reverse("portal:notices"),
    }
    return render(request, "portal/notifications.html", context)


@signed_in_page
@require_POST
def notifications_reading(request: PageRequest) -> HttpResponse:
    """Mark those that were shown as read."""
    up_to = whole_number(request.POST.get("up_to"))
    read_notifications(request.user.pk, up_to=up_to, by=request.actor)
    return done(request, reverse("portal:notifications"))


urls = [
    path("notifications/", notifications_page, name="notifications"),
    path("notifications/reading/", notifications_reading, name="notifications_reading"),
]
