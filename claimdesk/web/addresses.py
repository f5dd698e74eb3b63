"""Addresses that a form names to come back to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def back(request: HttpRequest) -> str:
    """Return the page of this site that the POST's `back` names, or the first page."""
    named = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(named, {request.get_host()}, require_https=request.is_secure())
    return named if safe else "/"
