"""My account: password, sessions, and the e-mail address (A81, A82)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from claimdesk.access.actions.email_changes import (
    ask_email_change,
    cancel_email_change,
    confirm_email_change,
    count_guess,
)
from claimdesk.access.allauth import keep_signed_in
from claimdesk.access.queries.email_changes import email_change_by_cancel_token, open_email_change
from claimdesk.kernel.client_address import client_address
from claimdesk.kernel.refused import Refused
from claimdesk.people.actions.attempts import CODE, REGISTER, SIGN_IN, give_attempt_back, take_attempt
from claimdesk.people.actions.passwords import change_password
from claimdesk.people.actions.sessions import end_sessions
from claimdesk.people.models import User
from claimdesk.people.queries.sessions import sessions_of
from claimdesk.portal.browsers import browser_named
from claimdesk.web.answers import SeeOther, done, invalid
from claimdesk.web.gates import credentials_page, public_page, signed_in_page
from claimdesk.web.person_fields import (
    CodeField,
    EmailAddressField,
    NewPasswordField,
    PasswordField,
    check_new_password,
)
from claimdesk.web.requests import PageRequest


class OwnPasswordForm(forms.Form):
    """Asks for the present password; attempts are counted as those to sign in."""

    password = PasswordField(label=gettext_lazy("Present password"))

    def __init__(self, *arguments: Any, request: PageRequest, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.request = request
        self.user: User = request.user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        attempt = {"account": f"own:{self.user.pk}", "address": client_address(self.request)}
        by = self.request.actor
        if not take_attempt(SIGN_IN, **attempt, by=by):
            raise forms.ValidationError(_("Too many attempts. Wait a quarter of an hour, then try again."))
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        give_attempt_back(SIGN_IN, **attempt, by=by)
        return password


class PasswordForm(OwnPasswordForm):
    """A new password in the place of the present one."""

    new_password = NewPasswordField(label=gettext_lazy("New password"))

    def clean(self) -> dict[str, Any]:
        check_new_password(self, "new_password", self.user)
        new = self.cleaned_data.get("new_password")
        if new and new == self.cleaned_data.get("password"):
            self.add_error("new_password", _("This is the password that you have."))
        return self.cleaned_data


class EmailChangeForm(OwnPasswordForm):
    """A new address, and the password, for who has the address has the account."""

    email = EmailAddressField(label=gettext_lazy("New e-mail"))
    field_order = ("email", "password")


class EmailCodeForm(forms.Form):
    code = CodeField()


@sensitive_post_parameters("password", "new_password")
@credentials_page
def password(request: PageRequest) -> HttpResponse:
    """Change the password; all other sessions end, and the owner is told (A81)."""
    form = PasswordForm(request.POST or None, request=request)
    context = {"title": _("Change the password"), "form": form, "is_forced": form.user.must_change_password}
    if request.method != "POST":
        return render(request, "portal/account/password.html", context)
    if not form.is_valid():
        return invalid(request, "portal/account/password.html", context)
    actor = request.actor
    change_password(form.user, password=form.cleaned_data["new_password"], by=actor)
    end_sessions(form.user, keep=request.session.session_key, by=actor)
    keep_signed_in(request, form.user)
    return done(
        request, reverse("portal:account"), _("Your password is changed; your other sessions have ended.")
    )


@signed_in_page
def sessions(request: PageRequest) -> HttpResponse:
    """Show where one is signed in."""
    context = {
        "title": _("Sessions"),
        "sessions": [
            {"row": session, "browser": browser_named(session.user_agent)}
            for session in sessions_of(request.user)
        ],
        "present": request.session.session_key,
    }
    return render(request, "portal/account/sessions.html", context)


@signed_in_page
@require_POST
def session_ending(request: PageRequest, pk: int) -> HttpResponse:
    """End one session."""
    if not end_sessions(request.user, only=pk, by=request.actor):
        raise Http404
    return done(request, reverse("portal:sessions"), _("The session has ended."))


@signed_in_page
@require_POST
def other_sessions_ending(request: PageRequest) -> HttpResponse:
    """End all sessions but this one."""
    end_sessions(request.user, keep=request.session.session_key, by=request.actor)
    return done(request, reverse("portal:sessions"), _("Your other sessions have ended."))


@sensitive_post_parameters("password")
@signed_in_page
def email_change(request: PageRequest) -> HttpResponse:
    """Ask for a new address and the password; then a code goes there (A82)."""
    form = EmailChangeForm(request.POST or None, request=request)
    context = {"title": _("Change the e-mail address"), "form": form}
    if request.method != "POST":
        return render(request, "portal/account/email.html", context)
    if not form.is_valid():
        return invalid(request, "portal/account/email.html", context)
    new_email = form.cleaned_data["email"]
    try:
        # Codes go to whatever address is named, so the address is counted as one that registers is.
        if not take_attempt(REGISTER, account=new_email, address=client_address(request), by=request.actor):
            raise Refused("too_many_codes", _("Too many attempts. Try again in an hour."))
        ask_email_change(form.user, new_email=new_email, by=request.actor)
    except Refused as refusal:
        form.add_error("email", refusal.message)
        return invalid(request, "portal/account/email.html", context)
    return SeeOther(reverse("portal:email_change_code"))


@signed_in_page
def email_change_code(request: PageRequest) -> HttpResponse:
    """Take the code that went to the new address."""
    waiting = open_email_change(request.user)
    if waiting is None:
        return redirect("portal:account")
    form = EmailCodeForm(request.POST or None)
    context = {"title": _("Verify your new address"), "form": form, "change": waiting}
    if request.method != "POST":
        return render(request, "portal/account/email_code.html", context)
    if not form.is_valid() or not _confirm(request, waiting, form):
        return invalid(request, "portal/account/email_code.html", context)
    end_sessions(request.user, keep=request.session.session_key, by=request.actor)
    return done(request, reverse("portal:account"), _("Your address is changed."))


def _confirm(request: PageRequest, waiting: Any, form: EmailCodeForm) -> bool:
    actor = request.actor
    attempt = {"account": f"email_change:{waiting.user_id}", "address": client_address(request)}
    try:
        if not take_attempt(CODE, **attempt, by=actor):
            raise Refused("too_many_guesses", _("Too many attempts. Try again in an hour."))
        count_guess(waiting, by=actor)
        confirm_email_change(waiting, code=form.cleaned_data["code"], by=actor)
    except Refused as refusal:
        form.add_error("code" if refusal.code == "wrong_code" else None, refusal.message)
        return False
    return True


@public_page
def email_change_cancel(request: PageRequest, token: str) -> HttpResponse:
    """Cancel by the link at the old address: a GET shows a button, the POST cancels."""
    change = email_change_by_cancel_token(token)
    if change is None:
        return render(
            request, "portal/account/email_cancel_over.html", {"title": _("This link is over")}, status=404
        )
    context = {"title": _("Keep your old address"), "change": change}
    if request.method != "POST":
        return render(request, "portal/account/email_cancel.html", context)
    cancel_email_change(change, by=request.actor)
    return render(request, "portal/account/email_canceled.html", context)


urls = [
    path("account/password/", password, name="password"),
    path("account/sessions/", sessions, name="sessions"),
    path("account/sessions/<int:pk>/ending/", session_ending, name="session_ending"),
    path("account/sessions/others/ending/", other_sessions_ending, name="other_sessions_ending"),
    path("account/email/", email_change, name="email_change"),
    path("account/email/code/", email_change_code, name="email_change_code"),
    path("account/email/cancel/<str:token>/", email_change_cancel, name="email_change_cancel"),
]
