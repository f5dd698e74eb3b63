"""The second factor: codes of an app, and recovery codes. allauth's views in our pages."""

from allauth.core import context
from allauth.mfa.base import views as base
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.http import HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.access.allauth import spend_code
from claimdesk.kernel.actor import VISITOR
from claimdesk.kernel.client_address import client_address
from claimdesk.people.actions.attempts import SECOND_FACTOR, give_attempt_back, take_attempt
from claimdesk.people.models import User
from claimdesk.portal.sign_in import as_422
from claimdesk.web.gates import credentials_page, public_page
from claimdesk.web.person_fields import CodeField
from claimdesk.web.requests import PageRequest


class CountedCode(forms.Form):
    """Counts attempts at a code, for all processes together; allauth's own count is switched off.

    It stands before one of allauth's forms, which looks at the code.
    """

    user: User
    code = CodeField()

    def clean_code(self) -> str:
        attempt = {"account": str(self.user.pk), "address": client_address(context.request)}
        if not take_attempt(SECOND_FACTOR, **attempt, by=VISITOR):
            raise forms.ValidationError(_("Too many attempts. Wait a quarter of an hour, then try again."))
        code: str = super().clean_code()  # type: ignore[misc]  # the next class has it
        self._spend(code)
        give_attempt_back(SECOND_FACTOR, **attempt, by=VISITOR)
        return code

    def _spend(self, code: str) -> None:
        """Refuse a code of the app that was used before; a new app has nothing to compare with yet."""
        used = getattr(self, "authenticator", None)
        is_of_app = used is not None and used.type == Authenticator.Type.TOTP
        if is_of_app and not spend_code(used, code):
            raise forms.ValidationError(_("This code was used already. Wait for the next one."))


class SecondFactorForm(CountedCode, AuthenticateForm):
    """A code of the app, or a recovery code, at sign-in."""

    code = CodeField(help_text=gettext_lazy("From your app; or one of your recovery codes."))


class ConfirmCodeForm(CountedCode, ReauthenticateForm):
    """A code before something delicate."""

    code = CodeField()


class NewSecondFactorForm(CountedCode, ActivateTOTPForm):
    """The first code of a new app proves that it works."""

    code = CodeField(help_text=gettext_lazy("The six digits that your app shows."))


_PAGES = "portal/second_factor"
_ask = base.AuthenticateView.as_view(
    form_class=SecondFactorForm,
    template_name=f"{_PAGES}/ask.html",
    extra_context={"title": gettext_lazy("Second factor")},
)
_confirm = base.ReauthenticateView.as_view(
    form_class=ConfirmCodeForm,
    template_name="portal/sign_in/confirm.html",
    extra_context={"title": gettext_lazy("Confirm that it is you")},
)
_state = base.IndexView.as_view(
    template_name=f"{_PAGES}/state.html", extra_context={"title": gettext_lazy("Second factor and passkeys")}
)
_new = totp.ActivateTOTPView.as_view(
    form_class=NewSecondFactorForm,
    template_name=f"{_PAGES}/new.html",
    extra_context={"title": gettext_lazy("Set up a second factor")},
)
_removal = totp.DeactivateTOTPView.as_view(
    template_name=f"{_PAGES}/removal.html", extra_context={"title": gettext_lazy("Remove the second factor")}
)
_codes = recovery_codes.ViewRecoveryCodesView.as_view(
    template_name=f"{_PAGES}/recovery_codes.html", extra_context={"title": gettext_lazy("Recovery codes")}
)
_new_codes = recovery_codes.GenerateRecoveryCodesView.as_view(
    template_name=f"{_PAGES}/new_recovery_codes.html",
    extra_context={"title": gettext_lazy("New recovery codes")},
)
_codes_file = recovery_codes.DownloadRecoveryCodesView.as_view(template_name=f"{_PAGES}/recovery_codes.txt")


@public_page
def second_factor_asked(request: PageRequest) -> HttpResponse:
    """Ask for the code after the password."""
    return as_422(_ask(request), request)


@credentials_page
def confirm_by_code(request: PageRequest) -> HttpResponse:
    """Ask for a code before something delicate."""
    return as_422(_confirm(request), request)


@credentials_page
def second_factor(request: PageRequest) -> HttpResponse:
    """Tell whether a second factor is set up, and what can be done."""
    return _state(request)


@credentials_page
def new_second_factor(request: PageRequest) -> HttpResponse:
    """Set an app up."""
    return as_422(_new(request), request)


@credentials_page
def second_factor_removal(request: PageRequest) -> HttpResponse:
    """Remove the app, and with it the recovery codes."""
    return as_422(_removal(request), request)


@credentials_page
def recovery_codes_page(request: PageRequest) -> HttpResponse:
    """Show the recovery codes that are left."""
    return _codes(request)


@credentials_page
def new_recovery_codes(request: PageRequest) -> HttpResponse:
    """Make new recovery codes; the old ones are void."""
    return as_422(_new_codes(request), request)


@credentials_page
def recovery_codes_file(request: PageRequest) -> HttpResponse:
    """Give the recovery codes as a file."""
    return _codes_file(request)


# allauth looks these up without a namespace.
allauth_urls = [
    path("sign-in/second-factor/", second_factor_asked, name="mfa_authenticate"),
    path("account/confirm/code/", confirm_by_code, name="mfa_reauthenticate"),
    path("account/second-factor/", second_factor, name="mfa_index"),
    path("account/second-factor/new/", new_second_factor, name="mfa_activate_totp"),
    path("account/second-factor/removal/", second_factor_removal, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery_codes_page, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file/", recovery_codes_file, name="mfa_download_recovery_codes"),
]
