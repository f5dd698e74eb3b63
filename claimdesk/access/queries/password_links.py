"""Links that set a password, found by their token."""

from claimdesk.access.models import PasswordLink
from claimdesk.kernel import tokens
from claimdesk.kernel.clock import now

PURPOSE = "password_link"


def token_of(link: PasswordLink) -> str:
    """Return the token of the link in the mail."""
    return tokens.token(PURPOSE, link.pk, link.nonce)


def password_link_by_token(token: str) -> PasswordLink | None:
    """Return the link that the token proves, though it may be used up or too old; ask `is_usable`."""
    link = (
        PasswordLink.objects.select_related("user", "customer").filter(pk=tokens.key_of(token) or 0).first()
    )
    return link if link is not None and tokens.matches(token, token_of(link)) else None


def is_usable(link: PasswordLink) -> bool:
    """Tell whether the link still sets a password: one from before the present password does not (A81)."""
    user = link.user
    is_outdated = user.password_changed_at is not None and link.created_at < user.password_changed_at
    is_spent = link.used_at is not None or link.voided_at is not None or link.expires_at <= now()
    return user.is_active and not is_spent and not is_outdated


def password_link_with_id(key: int) -> PasswordLink | None:
    """Return the link with that key, for the mail that carries it."""
    return PasswordLink.objects.select_related("user", "customer").filter(pk=key).first()
