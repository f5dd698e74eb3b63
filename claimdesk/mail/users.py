"""Mails that follow from what happens to a person's sign-in."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from claimdesk.access.models import PasswordLink
from claimdesk.access.queries.email_changes import code_of, email_change_with_id
from claimdesk.access.queries.password_links import is_usable, password_link_with_id
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Event
from claimdesk.mail import links
from claimdesk.mail.compose import outcome, post
from claimdesk.mail.customers import login_details
from claimdesk.mail.registrations import address_taken
from claimdesk.mail.times import shown_instant
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_id

GONE = "the user is gone"


def password_link_asked(event: Event) -> str:
    """Send the link that was asked for."""
    if event.data["purpose"] == PasswordLink.Purpose.LOGIN_DETAILS:
        return login_details(event)
    link = password_link_with_id(event.data["password_link_id"])
    if link is None or not is_usable(link):
        return "the link is void"
    user = link.user
    context = {
        "user": user.name,
        "username": user.username,
        "link": links.set_password(link),
        "hours": max(1, round((link.expires_at - now()).total_seconds() / 3600)),
    }
    return outcome(post("password_reset", event=event, to=user.email, user=user, context=context))


def password_changed(event: Event) -> str:
    """Tell the owner, unless it was his first password (A81)."""
    user = user_with_id(event.data["user_id"])
    if user is None or event.data.get("is_first"):
        return GONE if user is None else "the first password"
    context = {
        "user": user.name,
        "username": user.username,
        "at": shown_instant(event.happened_at, user),
        "link": links.forgotten_password(),
    }
    return outcome(post("password_changed", event=event, to=user.email, user=user, context=context))


def second_factor_changed(event: Event) -> str:
    """Tell the owner that a second factor came or went."""
    user = user_with_id(event.data["user_id"])
    if user is None:
        return GONE
    with override(supported_language(user.language)):
        change = _change_of_second_factor(event)
    context = {
        "user": user.name,
        "change": change,
        "at": shown_instant(event.happened_at, user),
        "link": links.forgotten_password(),
    }
    return outcome(post("second_factor_changed", event=event, to=user.email, user=user, context=context))


def email_change_asked(event: Event) -> str:
    """Send the code to the new address and a way to cancel to the old one (A82).

    Where the new address has an owner already, he is told instead; the old one hears the same either way (A18).
    """
    change = email_change_with_id(event.data["email_change_id"])
    if change is None or change.expires_at <= now():
        return "the change is over"
    user = change.user
    notice = {
        "user": user.name,
        "new_email": change.new_email,
        "link": links.cancel_email_change(change),
        "until": shown_instant(change.cancel_until, user),
    }
    told_old = outcome(
        post("email_change_notice", event=event, to=change.old_email, user=user, context=notice)
    )
    if event.data.get("owner_id"):
        return f"{told_old}; {address_taken(event)}"
    minutes = max(1, round((change.expires_at - now()).total_seconds() / 60))
    code = {"user": user.name, "code": code_of(change), "minutes": minutes}
    told_new = outcome(post("email_change_verify", event=event, to=change.new_email, user=user, context=code))
    return f"{told_old}; {told_new}"


def user_enabled(event: Event) -> str:
    """Tell a person that he may sign in again."""
    return _tell(event, "account_enabled", sign_in=links.sign_in())


def user_disabled(event: Event) -> str:
    """Tell a person that he may not sign in any more."""
    return _tell(event, "account_disabled")


def _tell(event: Event, key: str, **more: str) -> str:
    user: User | None = user_with_id(event.data["user_id"])
    if user is None:
        return GONE
    with override(supported_language(user.language)):
        account = _("Your sign-in %(username)s") % {"username": user.username}
    context = {"user": user.name, "account": account, **more}
    return outcome(post(key, event=event, to=user.email, user=user, context=context))


def _change_of_second_factor(event: Event) -> str:
    if event.data["factor"] == "recovery_codes":
        return _("New recovery codes were made; the earlier ones are void.")
    return {
        "added": _("A second factor was added."),
        "removed": _("The second factor was removed."),
    }.get(event.data["change"], _("The second factor was renewed."))
