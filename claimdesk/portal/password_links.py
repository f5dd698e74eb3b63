"""A forgotten password, and links by which passwords are set (A62, A18)."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from claimdesk.access.actions.password_links import (
    ask_for_fresh_link,
    ask_for_password_link,
    use_password_link,
)
from claimdesk.access.allauth import sign_in
from claimdesk.access.models import PasswordLink
from claimdesk.access.queries.password_links import is_usable, password_link_by_token
from claimdesk.kernel.client_address import client_address
from claimdesk.kernel.refused import Refused
from claimdesk.people.actions.attempts import PASSWORD_RESET, take_attempt
from claimdesk.web.answers import SeeOther, invalid
from claimdesk.web.gates import public_page
from claimdesk.web.person_fields import EmailAddressField, NewPasswordField, check_new_password
from claimdesk.web.requests import PageRequest

_RESET, _SENT, _SET, _OVER = (
    f"portal/password_links/{name}.html" for name in ("reset", "sent", "set", "over")
)


class PasswordResetForm(forms.Form):
    email = EmailAddressField()


class SetPasswordForm(forms.Form):
    """A new password for the one whom the link was sent to."""

    password = NewPasswordField(label=gettext_lazy("New password"))

    def __init__(self, *arguments: Any, link: PasswordLink, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.link = link

    def clean(self) -> dict[str, Any]:
        check_new_password(self, "password", self.link.user)
        return self.cleaned_data


@public_page
def password_reset(request: PageRequest) -> HttpResponse:
    """Send a link to the address; say the same whether it is a user's (A18)."""
    form = PasswordResetForm(request.POST or None)
    context = {"title": _("Set a new password"), "form": form}
    if request.method != "POST":
        return render(request, _RESET, context)
    if not form.is_valid():
        return invalid(request, _RESET, context)
    email = form.cleaned_data["email"]
    # Past the limit the answer is the same and no mail goes, so that nobody's mailbox is flooded.
    if take_attempt(PASSWORD_RESET, account=email, address=client_address(request), by=request.actor):
        ask_for_password_link(email=email, by=request.actor)
    return SeeOther(reverse("portal:password_reset_sent"))


@public_page
def password_reset_sent(request: PageRequest) -> HttpResponse:
    """Say what to do next."""
    return render(request, _SENT, {"title": _("Look into your mail")})


@never_cache
@sensitive_post_parameters("password")
@public_page
def set_password(request: PageRequest, token: str) -> HttpResponse:
    """Set a password by a link: a GET shows the form, the POST uses the link up (A62)."""
    link = password_link_by_token(token)
    if link is None or not is_usable(link):
        over = {"title": _("This link is over"), "token": token if link and link.user.is_active else ""}
        return render(request, _OVER, over, status=410 if link else 404)
    form = SetPasswordForm(request.POST or None, link=link)
    context = {"title": _("Set a password"), "form": form, "username": link.user.username}
    if request.method != "POST":
        return render(request, _SET, context)
    if not form.is_valid():
        return invalid(request, _SET, context)
    user = use_password_link(link, password=form.cleaned_data["password"], by=request.actor)
    return sign_in(request, user, to=reverse("portal:home"))


@public_page
@require_POST
def fresh_link(request: PageRequest, token: str) -> HttpResponse:
    """Send a fresh link in the place of one that is over."""
    link = password_link_by_token(token)
    if link is None:
        raise Refused("link_over", _("This link is over."))
    attempt = {"account": link.user.email, "address": client_address(request)}
    if take_attempt(PASSWORD_RESET, **attempt, by=request.actor):
        ask_for_fresh_link(link, by=request.actor)
    return SeeOther(reverse("portal:password_reset_sent"))


# allauth looks this one up without a namespace.
allauth_urls = [path("password-reset/", password_reset, name="account_reset_password")]
urls = [
    path("password-reset/sent/", password_reset_sent, name="password_reset_sent"),
    path("set-password/<str:token>/", set_password, name="password_link"),
    path("set-password/<str:token>/fresh-link/", fresh_link, name="fresh_password_link"),
]
