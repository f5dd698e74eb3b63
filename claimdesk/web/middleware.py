"""Who acts, told to every request; and what is refused, told to every person."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from claimdesk.access.models import ActingSession, Membership
from claimdesk.access.queries.access import acting_actor, actor_of, memberships_that_count
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.people.models import User
from claimdesk.web.requests import PageRequest

CUSTOMER_IN_HAND = "customer_in_hand"
ACTING = "acting_session"
Answer = Callable[[PageRequest], HttpResponse]


def door_of(request: PageRequest) -> str:
    """Return the door that the request comes through."""
    return "office" if request.path_info.startswith("/office/") else "portal"


def actor_of_request(request: PageRequest) -> Actor:
    """Return who acts in this request; asked anew on every request (A80)."""
    user = request.user if isinstance(request.user, User) else None
    door = door_of(request)
    acting_id = request.session.get(ACTING) if user else None
    if user is not None and acting_id and door == "portal":
        session = ActingSession.objects.select_related("customer", "person").filter(pk=acting_id).first()
        acting = acting_actor(user, session, door=door) if session else None
        if acting:
            return acting
        request.session.pop(ACTING, None)
    held = request.session.get(CUSTOMER_IN_HAND)
    return actor_of(user, door=door, customer_id=held, memberships=request.memberships)


def memberships_of_request(request: PageRequest) -> list[Membership]:
    """Return the memberships of who is signed in that count now, whomever he acts for."""
    return list(memberships_that_count(request.user)) if isinstance(request.user, User) else []


class ActorMiddleware:
    """Sets `request.actor` and `request.memberships`, each looked up when first asked for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        request.memberships = SimpleLazyObject(lambda: memberships_of_request(request))  # type: ignore[assignment]  # stand-ins
        request.actor = SimpleLazyObject(lambda: actor_of_request(request))  # type: ignore[assignment]
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            # After signing out nobody finds these pages in the browser, nor in a proxy on the way.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class RefusalMiddleware:
    """Turns Refused into 409 and NotAllowed into 403, for pages and programs alike."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: PageRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return _answer(request, "refused", 409, {"refusal": exception})
        if isinstance(exception, NotAllowed):
            return _answer(request, "forbidden", 403, {})
        return None


def _answer(request: PageRequest, name: str, status: int, context: dict[str, Any]) -> HttpResponse:
    partial = "_" if getattr(request, "htmx", False) else ""
    return render(request, f"web/errors/{partial}{name}.html", context, status=status)
