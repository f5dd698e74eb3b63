"""The bell of staff."""

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from claimdesk.web.gates import office_page
from claimdesk.web.notifications import read_lines, show_lines
from claimdesk.web.requests import PageRequest


@office_page()
def notifications_page(request: PageRequest) -> HttpResponse:
    return show_lines(request, door="office")


@office_page()
@require_POST
def notifications_reading(request: PageRequest) -> HttpResponse:
    return read_lines(request, door="office")


urls = [
    path("notifications/", notifications_page, name="notifications"),
    path("notifications/reading/", notifications_reading, name="notifications_reading"),
]
