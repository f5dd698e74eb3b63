"""Gates: which kind of person a page is for. Every view passes one; a standing test sees to it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.people.models import User
from claimdesk.people.queries.second_factor import has_second_factor
from claimdesk.web.requests import PageRequest

View = Callable[..., HttpResponseBase]
EITHER = "|"  # between the permissions of a gate that one of them opens


def _duty(request: PageRequest) -> HttpResponse | None:
    """Return the way to what a signed-in person has to settle first: a new password, a second factor (A81, A86)."""
    user = request.user
    if not isinstance(user, User) or request.actor.is_acting:
        return None
    if user.must_change_password:
        return redirect("portal:password")
    if user.is_staff and request.seller.staff_need_second_factor and not has_second_factor(user):
        return redirect("mfa_activate_totp")
    return None


def _not_yet(request: PageRequest) -> HttpResponse | None:
    if not request.actor.is_signed_in:
        return redirect_to_login(request.get_full_path())
    return _duty(request)


def _marked(view: View, gate: str) -> View:
    """Write on `view` which gate it passed, for the standing test."""
    view.gate = gate  # type: ignore[attr-defined]  # functions take attributes, their type names none
    return view


def public_page(view: View) -> View:
    """Let everybody in."""
    return _marked(view, "public")


def open_page(view: View) -> View:
    """Let visitors in, and who is signed in once he has settled his credentials: what he does here, he does as he."""

    @wraps(view)
    def gated(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _duty(request) or view(request, *args, **kwargs)

    return _marked(gated, "public")


def signed_in_page(view: View) -> View:
    """Let everybody in who is signed in, with or without a customer."""

    @wraps(view)
    def gated(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _not_yet(request) or view(request, *args, **kwargs)

    return _marked(gated, "signed_in")


def credentials_page(view: View) -> View:
    """Let everybody in who is signed in, also who has to settle his credentials first, for here he does."""

    @wraps(view)
    def gated(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.actor.is_signed_in:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _marked(gated, "signed_in")


def portal_page(permission: str) -> Callable[[View], View]:
    """Let in who has a customer in hand and may do `permission` there.

    Who has none is sent to the waiting page. A POST that names another customer than the one in hand is
    refused, so that two tabs cannot act for the wrong one.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def gated(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = request.actor
            if detour := _not_yet(request):
                return detour
            if actor.customer_id is None:
                return redirect("portal:waiting")
            named = request.POST.get("customer_in_hand", "")
            if named and named != str(actor.customer_id):
                raise Refused("other_customer_in_hand", _("You have switched to another account meanwhile."))
            actor.require(permission)
            return view(request, *args, **kwargs)

        return _marked(gated, permission)

    return decorate


def office_page(*permissions: str) -> Callable[[View], View]:
    """Let in staff who may do one of `permissions`, all staff where none is named. For others the office does not exist."""

    def decorate(view: View) -> View:
        @wraps(view)
        def gated(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = request.actor
            if not actor.is_signed_in:
                return redirect_to_login(request.get_full_path())
            if not actor.is_staff:
                raise Http404
            if detour := _duty(request):
                return detour
            if permissions and not any(map(actor.may, permissions)):
                raise NotAllowed(permissions[0])
            return view(request, *args, **kwargs)

        return _marked(gated, EITHER.join(permissions) or "staff")

    return decorate


def while_on(setting: str) -> Callable[[View], View]:
    """Let a page exist while the seller has `setting` switched on; stands below the page's gate."""

    def decorate(view: View) -> View:
        @wraps(view)
        def switched(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not getattr(request.seller, setting):
                raise Http404
            return view(request, *args, **kwargs)

        switched.while_on = setting  # type: ignore[attr-defined]  # functions take attributes, their type names none
        return switched

    return decorate
