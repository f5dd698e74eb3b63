"""Addresses: of pages, looked up once; and those that a form names to come back to."""

from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.http import url_has_allowed_host_and_scheme

ANY_KEY = 2**62 - 57  # a number that no address has of itself


def _addresses() -> str:
    """Return which addresses `reverse` looks in here and now: a request keeps those that it began with."""
    return get_urlconf() or settings.ROOT_URLCONF


def address_of(name: str, key: int) -> str:
    """Return `reverse(name, args=[key])`; a list of rows asks it a hundred times."""
    before, after = _around_the_key(name, _addresses())
    return f"{before}{key}{after}"


@cache
def _around_the_key(name: str, _urlconf: str) -> tuple[str, str]:
    before, _key, after = reverse(name, args=[ANY_KEY]).partition(str(ANY_KEY))
    return before, after


def page_address(name: str) -> str:
    """Return the address of a page, or nothing where this installation has none of that name."""
    return _page_address(name, _addresses())


@cache
def _page_address(name: str, _urlconf: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def back(request: HttpRequest) -> str:
    """Return the page of this site that the POST's `back` names, or the first page."""
    named = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(named, {request.get_host()}, require_https=request.is_secure())
    return named if safe else "/"
