"""Passkeys: sign in with a device that knows its owner, or use it as second factor. allauth's views in our pages."""

from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.http import HttpResponseBase
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from claimdesk.portal.sign_in import as_422
from claimdesk.web.gates import credentials_page, public_page
from claimdesk.web.person_fields import NameField
from claimdesk.web.requests import PageRequest


class PasskeyForm(AddWebAuthnForm):
    """A name by which its owner knows the device; the device itself adds what proves it."""

    name = NameField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("By which you know the device, such as “my phone”."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone"),
        required=False,
        initial=True,
        help_text=_(
            "The device asks for your finger, face or PIN. Without this it serves as second factor only."
        ),
    )


_new = views.AddWebAuthnView.as_view(
    form_class=PasskeyForm,
    template_name="portal/passkeys/new.html",
    extra_context={"title": _("Add a passkey")},
)
_removal = views.RemoveWebAuthnView.as_view(
    template_name="portal/passkeys/removal.html",
    success_url=reverse_lazy("mfa_index"),
    extra_context={"title": _("Remove the passkey")},
)
_confirm = views.ReauthenticateWebAuthnView.as_view(
    template_name="portal/passkeys/confirm.html", extra_context={"title": _("Confirm that it is you")}
)
_sign_in = views.LoginWebAuthnView.as_view()


@credentials_page
def new_passkey(request: PageRequest) -> HttpResponseBase:
    """Make a passkey on this device."""
    return as_422(_new(request), request)


@credentials_page
def passkey_removal(request: PageRequest, pk: int) -> HttpResponseBase:
    """Forget a passkey; another's does not exist."""
    return _removal(request, pk=pk)


@credentials_page
def confirm_by_passkey(request: PageRequest) -> HttpResponseBase:
    """Ask for a passkey before something delicate."""
    return _confirm(request)


@public_page
def sign_in_by_passkey(request: PageRequest) -> HttpResponseBase:
    """Give a browser what its device is to sign, and by POST look at the signature."""
    return _sign_in(request)


# allauth looks these up without a namespace.
allauth_urls = [
    path("sign-in/passkey/", sign_in_by_passkey, name="mfa_login_webauthn"),
    path("account/confirm/passkey/", confirm_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/new/", new_passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/removal/", passkey_removal, name="mfa_remove_webauthn"),
]
