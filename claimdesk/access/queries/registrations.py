"""Registrations, found by the session that began them or by the link in the mail; nobody lists them."""

from django.contrib.auth.hashers import check_password

from claimdesk.access.models import Registration
from claimdesk.kernel import tokens
from claimdesk.kernel.clock import now

PURPOSE = "registration"


def open_registration(key: int | None) -> Registration | None:
    """Return the registration with that key while it can be completed."""
    if key is None:
        return None
    return (
        Registration.objects.select_related("for_customer")
        .filter(pk=key, state=Registration.State.OPEN, expires_at__gt=now())
        .first()
    )


def code_of(registration: Registration) -> str:
    """Return the six digits that the mail shows and the page asks for."""
    return tokens.code(PURPOSE, registration.pk, registration.nonce)


def token_of(registration: Registration) -> str:
    """Return the token of the link in the mail."""
    return tokens.token(PURPOSE, registration.pk, registration.nonce)


def is_proved(registration: Registration, secret: str) -> bool:
    """Tell whether `secret` is the registration's code or token."""
    return tokens.matches(secret, code_of(registration)) | tokens.matches(secret, token_of(registration))


def registration_by_token(token: str) -> Registration | None:
    """Return the open registration that the link's token proves."""
    registration = open_registration(tokens.key_of(token))
    if registration is None:
        return None
    return registration if tokens.matches(token, token_of(registration)) else None


def has_password(registration: Registration, password: str) -> bool:
    """Tell whether `password` is the one that was chosen at registration."""
    return check_password(password, registration.password)
