"""Create an account: say who one is, then prove the address by code or by link (A10, A13)."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from claimdesk.access.actions.registrations import (
    complete_registration,
    count_guess,
    register,
    send_code_again,
)
from claimdesk.access.allauth import sign_in
from claimdesk.access.models import Registration
from claimdesk.access.queries.registrations import has_password, open_registration, registration_by_token
from claimdesk.company.queries.registration import new_account_is_open
from claimdesk.kernel.client_address import client_address
from claimdesk.kernel.refused import Refused
from claimdesk.people.actions.attempts import CODE, REGISTER, give_attempt_back, take_attempt
from claimdesk.people.models import User
from claimdesk.people.queries.users import username_is_taken
from claimdesk.web.answers import SeeOther, done, invalid
from claimdesk.web.gates import public_page
from claimdesk.web.person_fields import (
    CodeField,
    EmailAddressField,
    NameField,
    NewPasswordField,
    PasswordField,
    UsernameField,
    check_new_password,
)
from claimdesk.web.requests import PageRequest

REGISTRATION = "registration"
_FORM, _CODE, _LINK = (f"portal/registrations/{name}.html" for name in ("form", "code", "link"))


class RegistrationForm(forms.Form):
    """Who one is, and how one wants to sign in."""

    name = NameField(
        label=gettext_lazy("Full name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailAddressField(help_text=gettext_lazy("We send a code there."))
    username = UsernameField()
    password = NewPasswordField()

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if username_is_taken(username):
            raise forms.ValidationError(_("Somebody has this username already. Choose another one."))
        return username

    def clean(self) -> dict[str, Any]:
        names = {name: self.cleaned_data.get(name, "") for name in ("name", "email", "username")}
        check_new_password(self, "password", User(**names))
        return self.cleaned_data


class CodeForm(forms.Form):
    """The code of the mail; another username, where the first was taken meanwhile."""

    code = CodeField()
    username = UsernameField()

    def __init__(self, *arguments: Any, asks_username: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not asks_username:
            del self.fields["username"]


class LinkForm(forms.Form):
    """The password, where the link is opened in another browser than the one that registered.

    Else somebody could register with a stranger's address, and the stranger's click would finish it for him.
    """

    password = PasswordField(
        help_text=gettext_lazy(
            "The one you chose when you registered. If you did not register, close this page."
        )
    )
    username = UsernameField()

    def __init__(
        self, *arguments: Any, registration: Registration, is_own: bool, asks_username: bool, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.registration = registration
        for name, unasked in (("password", is_own), ("username", not asks_username)):
            if unasked:
                del self.fields[name]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not has_password(self.registration, password):
            raise forms.ValidationError(_("This is not the password that was chosen."))
        return password


@never_cache
@sensitive_post_parameters("password")
@public_page
def registration(request: PageRequest) -> HttpResponse:
    """Take a registration; the same answer whether the address is taken or not (A18)."""
    if request.actor.is_signed_in:
        return redirect("portal:home")
    if not new_account_is_open():
        return render(request, "portal/registrations/closed.html", {"title": _("Create an account")})
    form = RegistrationForm(request.POST or None)
    context = {"title": _("Create an account"), "form": form}
    if request.method != "POST":
        return render(request, _FORM, context)
    if not form.is_valid() or not may_register(request, form):
        return invalid(request, _FORM, context)
    return begin(request, register(**form.cleaned_data, by=request.actor))


def may_register(request: PageRequest, form: forms.Form) -> bool:
    """Count the attempt; where there were too many, say so on the form."""
    attempt = {"account": form.cleaned_data["email"], "address": client_address(request)}
    if take_attempt(REGISTER, **attempt, by=request.actor):
        return True
    form.add_error(None, _("Too many attempts. Try again in an hour."))
    return False


def begin(request: PageRequest, started: Registration) -> HttpResponse:
    """Lead on to the code, in this browser session."""
    request.session[REGISTRATION] = started.pk
    return SeeOther(reverse("portal:registration_code"))


@never_cache
@public_page
def registration_code(request: PageRequest) -> HttpResponse:
    """Take the code, make the user and sign him in (A13)."""
    waiting = open_registration(request.session.get(REGISTRATION))
    if waiting is None:
        return redirect("portal:home" if request.actor.is_signed_in else "account_login")
    form = CodeForm(request.POST or None, asks_username=username_is_taken(waiting.username))
    context = {"title": _("Verify your e-mail address"), "form": form, "registration": waiting}
    if request.method != "POST":
        return render(request, _CODE, context)
    user = form.is_valid() and _complete(request, waiting, form, secret=form.cleaned_data["code"])
    return _welcome(request, user) if user else invalid(request, _CODE, context)


@never_cache
@public_page
def registration_link(request: PageRequest, token: str) -> HttpResponse:
    """Do the same by the link in the mail: a GET shows a button, for mail scanners follow links too."""
    waiting = registration_by_token(token)
    if waiting is None:
        return render(
            request, "portal/registrations/over.html", {"title": _("This link is over")}, status=404
        )
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        registration=waiting,
        is_own=request.session.get(REGISTRATION) == waiting.pk,
        asks_username=username_is_taken(waiting.username),
    )
    context = {"title": _("Verify your e-mail address"), "form": form, "registration": waiting}
    if request.method != "POST":
        return render(request, _LINK, context)
    user = form.is_valid() and _complete(request, waiting, form, secret=token)
    return _welcome(request, user) if user else invalid(request, _LINK, context)


def _complete(request: PageRequest, waiting: Registration, form: forms.Form, *, secret: str) -> User | None:
    """Complete the registration, or say on the form why not. The guess is counted before it is looked at."""
    actor = request.actor
    attempt = {"account": str(waiting.pk), "address": client_address(request)}
    try:
        if not take_attempt(CODE, **attempt, by=actor):
            raise Refused("too_many_guesses", _("Too many attempts. Try again in an hour."))
        count_guess(waiting, by=actor)
        username = form.cleaned_data.get("username", "")
        user = complete_registration(waiting, secret=secret, username=username, by=actor)
        give_attempt_back(CODE, **attempt, by=actor)
        return user
    except Refused as refusal:
        form.add_error("code" if refusal.code == "wrong_code" else None, refusal.message)
        return None


def _welcome(request: PageRequest, user: User) -> HttpResponse:
    request.session.pop(REGISTRATION, None)
    return sign_in(request, user, to=reverse("portal:home"))


@public_page
@require_POST
def registration_codes(request: PageRequest) -> HttpResponse:
    """Send another code."""
    waiting = open_registration(request.session.get(REGISTRATION))
    if waiting is None:
        raise Http404
    attempt = {"account": waiting.email, "address": client_address(request)}
    if not take_attempt(REGISTER, **attempt, by=request.actor):
        raise Refused("too_many_codes", _("Too many attempts. Try again in an hour."))
    send_code_again(waiting, by=request.actor)
    return done(
        request, reverse("portal:registration_code"), _("A new code is on its way. The old one is void.")
    )


urls = [
    path("register/", registration, name="register"),
    path("register/code/", registration_code, name="registration_code"),
    path("register/codes/", registration_codes, name="registration_codes"),
    path("register/verify/<str:token>/", registration_link, name="registration_link"),
]
