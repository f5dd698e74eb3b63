"""Sign in, sign out, prove oneself again: allauth's views in our pages."""

from typing import Any

from allauth.account import views as account
from allauth.account.forms import LoginForm, ReauthenticateForm
from django import forms
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.text import fold_email
from claimdesk.portal.ways_in import ways_in
from claimdesk.web.gates import credentials_page, public_page
from claimdesk.web.person_fields import PasswordField
from claimdesk.web.requests import PageRequest

UNPROCESSABLE = 422


class SignInForm(LoginForm):
    """E-mail or username, and password; one error for whatever is wrong (A18)."""

    password = PasswordField()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        widget = forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        )
        self.fields["login"] = forms.CharField(label=_("E-mail or username"), max_length=254, widget=widget)
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        login = self.cleaned_data["login"].strip()
        return fold_email(login) if "@" in login else login

    def user_credentials(self) -> dict[str, str]:
        """Return either the address or the username, never both: to try both takes twice as long, and tells (A18)."""
        login = self.cleaned_data["login"]
        return {"email" if "@" in login else "username": login, "password": self.cleaned_data["password"]}


class ConfirmForm(ReauthenticateForm):
    """One's password again, before something delicate."""

    password = PasswordField()


def as_422(response: HttpResponse, request: PageRequest) -> HttpResponse:
    """Return what allauth answers; a form with errors as 422, as everywhere."""
    if request.method == "POST" and response.status_code == HttpResponse.status_code:
        response.status_code = UNPROCESSABLE
    return response


_sign_in = account.LoginView.as_view(
    form_class=SignInForm,
    template_name="portal/sign_in/sign_in.html",
    extra_context={"title": _("Sign in"), "ways": ways_in},
)
_sign_out = account.LogoutView.as_view(
    template_name="portal/sign_in/sign_out.html", extra_context={"title": _("Sign out")}
)
_disabled = account.AccountInactiveView.as_view(
    template_name="portal/sign_in/disabled.html", extra_context={"title": _("This sign-in is disabled")}
)
_confirm = account.ReauthenticateView.as_view(
    form_class=ConfirmForm,
    template_name="portal/sign_in/confirm.html",
    extra_context={"title": _("Confirm that it is you")},
)


@public_page
def sign_in(request: PageRequest) -> HttpResponse:
    """Check a password; a second factor follows where there is one."""
    return as_422(_sign_in(request), request)


@public_page
def sign_out(request: PageRequest) -> HttpResponse:
    """End this session, by POST; a GET asks."""
    return _sign_out(request)


@public_page
def disabled(request: PageRequest) -> HttpResponse:
    """Say that the sign-in is disabled, to who knew its password."""
    return _disabled(request)


@credentials_page
def confirm(request: PageRequest) -> HttpResponse:
    """Ask for the password again, then go on where one was."""
    return as_422(_confirm(request), request)


# allauth looks these up without a namespace.
allauth_urls = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/disabled/", disabled, name="account_inactive"),
    path("sign-out/", sign_out, name="account_logout"),
    path("account/confirm/", confirm, name="account_reauthenticate"),
]
