"""Changes of one's e-mail address, found by their owner or by the link in the mail to the old address."""

from claimdesk.access.models import EmailChange
from claimdesk.kernel import tokens
from claimdesk.kernel.clock import now
from claimdesk.people.models import User

CONFIRM, CANCEL = "email_change", "email_change_cancel"


def code_of(change: EmailChange) -> str:
    """Return the six digits that go to the new address."""
    return tokens.code(CONFIRM, change.pk, change.nonce)


def cancel_token_of(change: EmailChange) -> str:
    """Return the token of the link that goes to the old address."""
    return tokens.token(CANCEL, change.pk, change.nonce)


def open_email_change(user: User) -> EmailChange | None:
    """Return the change that waits for its code."""
    return EmailChange.objects.filter(user=user, state=EmailChange.State.OPEN, expires_at__gt=now()).first()


def email_change_by_cancel_token(token: str) -> EmailChange | None:
    """Return the change that the link's token proves, while it can be canceled."""
    change = (
        EmailChange.objects.select_related("user")
        .filter(pk=tokens.key_of(token) or 0, cancel_until__gt=now())
        .exclude(state=EmailChange.State.CANCELED)
        .first()
    )
    return change if change is not None and tokens.matches(token, cancel_token_of(change)) else None


def email_change_with_id(key: int) -> EmailChange | None:
    """Return the change with that key while it is open, for the mails that carry its code and link."""
    waiting = EmailChange.objects.select_related("user").filter(state=EmailChange.State.OPEN)
    return waiting.filter(pk=key).first()
