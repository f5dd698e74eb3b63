"""An invitation accepted: by signing in, or by choosing a username and a password (A7)."""

from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from claimdesk.access.actions.invitations import accept_invitation, accept_invitation_as_newcomer
from claimdesk.access.allauth import sign_in
from claimdesk.access.models import Invitation
from claimdesk.access.queries.invitations import invitation_by_token, is_usable
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_email, username_is_taken
from claimdesk.web.answers import done, invalid
from claimdesk.web.gates import open_page
from claimdesk.web.middleware import CUSTOMER_IN_HAND
from claimdesk.web.person_fields import NameField, NewPasswordField, UsernameField, check_new_password
from claimdesk.web.requests import PageRequest

_FORM, _ACCEPT, _OVER = (f"portal/invitations/{name}.html" for name in ("form", "accept", "over"))


class NewcomerForm(forms.Form):
    """Who the invited person is, and how he wants to sign in; the address is the invited one."""

    name = NameField(
        label=gettext_lazy("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = UsernameField()
    password = NewPasswordField()

    def __init__(self, *arguments: Any, invitation: Invitation, **named: Any) -> None:
        super().__init__(*arguments, **(named | {"initial": {"name": invitation.name}}))
        self.email = invitation.email

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if username_is_taken(username):
            raise forms.ValidationError(_("Somebody has this username already. Choose another one."))
        return username

    def clean(self) -> dict[str, Any]:
        names = {name: self.cleaned_data.get(name, "") for name in ("name", "username")}
        check_new_password(self, "password", User(email=self.email, **names))
        return self.cleaned_data


@never_cache
@sensitive_post_parameters("password")
@open_page
def invitation(request: PageRequest, token: str) -> HttpResponse:
    """Show the invitation; a GET uses nothing up."""
    row = invitation_by_token(token)
    if row is None:
        raise Http404
    if not is_usable(row):
        return render(request, _OVER, {"title": _("This invitation is over"), "invitation": row}, status=410)
    if request.actor.is_signed_in or user_with_email(row.email) is not None:
        return _accept_signed_in(request, row)
    return _accept_as_newcomer(request, row)


def _accept_signed_in(request: PageRequest, row: Invitation) -> HttpResponse:
    if not request.actor.is_signed_in:
        return redirect_to_login(request.get_full_path())
    context = {"title": _("You are invited"), "invitation": row, "is_other": request.user.email != row.email}
    if request.method != "POST":
        return render(request, _ACCEPT, context)
    accept_invitation(row, by=request.actor)
    request.session[CUSTOMER_IN_HAND] = row.customer_id
    return done(request, reverse("portal:home"), _("Welcome to %s.") % row.customer.name)


def _accept_as_newcomer(request: PageRequest, row: Invitation) -> HttpResponse:
    form = NewcomerForm(request.POST or None, invitation=row)
    context = {"title": _("You are invited"), "invitation": row, "form": form}
    if request.method != "POST":
        return render(request, _FORM, context)
    if not form.is_valid():
        return invalid(request, _FORM, context)
    membership = accept_invitation_as_newcomer(row, **form.cleaned_data, by=request.actor)
    return sign_in(request, membership.user, to=reverse("portal:home"))


urls = [path("invitation/<str:token>/", invitation, name="invitation")]
