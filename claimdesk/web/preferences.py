"""The reader's time zone, language and date format, for one request."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from claimdesk.company.queries.company import company
from claimdesk.kernel.dates import activate_date_format
from claimdesk.people.models import User
from claimdesk.web.requests import PageRequest


class PreferencesMiddleware:
    """Sets what a signed-in user chose, else what the seller did; visitors keep their browser's language."""

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        request.seller = SimpleLazyObject(company)  # type: ignore[assignment]  # a stand-in
        user = getattr(request, "user", None)
        if not isinstance(user, User):
            return self.get_response(request)
        if user.language in dict(settings.LANGUAGES):
            translation.activate(user.language)
        activate_date_format(user.date_format)
        with timezone.override(_zone(user.time_zone or request.seller.time_zone)):
            try:
                return self.get_response(request)
            finally:
                activate_date_format("")


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
