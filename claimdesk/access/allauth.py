"""allauth, met here alone: what it may not do by itself, and its signals.

It checks passwords and second factors and keeps sessions. It opens no sign-up, sends no mail, and its attempts
are counted in our table.
"""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import user_logged_in
from allauth.account.utils import perform_login
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claimdesk.access.queries.access import actor_of
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import VISITOR, Actor
from claimdesk.kernel.client_address import client_address
from claimdesk.people.actions.attempts import SIGN_IN, give_attempt_back, take_attempt
from claimdesk.people.actions.signing_in import note_second_factor, note_sign_in
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_called

OFFICE = "/office/"
_MISMATCH = gettext_lazy("This is not right. Check what you typed in both fields.")
_TOO_MANY = gettext_lazy(
    "Too many attempts. Wait a quarter of an hour, then try again, or set a new password."
)


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks us about signing in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "too_many_login_attempts": _TOO_MANY,
        "rate_limited": _TOO_MANY,
        "incorrect_password": gettext_lazy("This is not your password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise RuntimeError("mail follows from events, through the mail door")

    def add_message(self, request: HttpRequest, level: int, *arguments: Any, **named: Any) -> None:
        """Say only what went wrong: of the rest the pages tell."""
        if level >= messages.ERROR:
            super().add_message(request, level, *arguments, **named)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        if not take_attempt(SIGN_IN, **_aim(request, credentials), by=VISITOR):
            raise ValidationError(str(_TOO_MANY), code="too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            give_attempt_back(SIGN_IN, **_aim(request, credentials), by=VISITOR)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        """Write the session and the sign-in at once: each commit is a wait for the disk."""
        with transaction.atomic():
            super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **about: Any) -> HttpResponse:
        """Remember the sign-in and the session's owner at once."""
        with transaction.atomic():
            response: HttpResponse = super().post_login(request, user, **about)
        return response

    def reauthenticate(self, user: User, password: str) -> bool:
        found = self.authenticate(self.request, username=user.username, password=password)
        return found is not None and found.pk == user.pk

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return OFFICE if getattr(request.user, "is_staff", False) else settings.LOGIN_REDIRECT_URL


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors bear the seller's name; their secrets are kept encrypted under the secret key."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This is not right. Please try again."),
    }

    def get_totp_issuer(self) -> str:
        return company().name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": company().name}

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return _("Passkey")

    def encrypt(self, text: str) -> str:
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            try:
                return _cipher(key).decrypt(encrypted_text.encode()).decode()
            except InvalidToken:
                continue
        raise ValidationError(
            _("The secret key of this installation has changed; set the second factor up anew.")
        )


def spend_code(authenticator: Authenticator, code: str) -> bool:
    """Let a one-time code be used once, and none that is older than the last one used (RFC 6238, 5.2).

    The counter of the code stays with the factor; of two who use it at once, one wins.
    """
    secret = get_mfa_adapter().decrypt(authenticator.data["secret"])
    counter = next(
        each
        for each in totp.yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, each)))
    )
    if counter <= authenticator.data.get("last_counter", -1):
        return False
    rows = Authenticator.objects.filter(pk=authenticator.pk, data=authenticator.data)
    return bool(rows.update(data={**authenticator.data, "last_counter": counter}))


def sign_in(request: HttpRequest, user: User, *, to: str) -> HttpResponse:
    """Sign `user` in, who has proved himself another way than by password; a second factor is still asked."""
    response: HttpResponse = perform_login(request, user, redirect_url=to)
    return response


def keep_signed_in(request: HttpRequest, user: User) -> None:
    """Let the present session outlive a change of its user's password, under a fresh key."""
    update_session_auth_hash(request, user)


def _aim(request: HttpRequest, credentials: dict[str, Any]) -> dict[str, str]:
    """Return what an attempt counts against: the user, by whichever name he is called, or else what was typed."""
    called = credentials.get("email") or credentials.get("username") or ""
    user = user_called(called)
    account = f"name:{called.strip().casefold()}" if user is None else f"user:{user.pk}"
    return {"account": account, "address": client_address(request)}


def _cipher(key: str | bytes) -> Fernet:
    digest = hashlib.sha256(b"claimdesk.second_factor:" + force_bytes(key)).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _self(user: User) -> Actor:
    return actor_of(user, door="portal")


@receiver(user_logged_in)
def _on_sign_in(request: HttpRequest, user: User, **rest: Any) -> None:
    note_sign_in(user, address=client_address(request), by=_self(user))


@receiver(authenticator_added)
def _on_factor_added(user: User, authenticator: Authenticator, **rest: Any) -> None:
    note_second_factor(user, factor=authenticator.type, change="added", by=_self(user))


@receiver(authenticator_removed)
def _on_factor_removed(user: User, authenticator: Authenticator, **rest: Any) -> None:
    note_second_factor(user, factor=authenticator.type, change="removed", by=_self(user))


@receiver(authenticator_reset)
def _on_factor_renewed(user: User, authenticator: Authenticator, **rest: Any) -> None:
    note_second_factor(user, factor=authenticator.type, change="renewed", by=_self(user))
