"""Mails that follow from customers' status and from people joining them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from claimdesk.access.models import PasswordLink
from claimdesk.access.queries.members import members
from claimdesk.access.queries.password_links import is_usable, password_link_with_id
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import now
from claimdesk.kernel.text import fold_email
from claimdesk.ledger.models import Event
from claimdesk.mail import links
from claimdesk.mail.compose import outcome, post
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_id, users_with_ids


def customer_activated(event: Event) -> str:
    """Send login details the first time (A62, A77); tell everybody else that the account is enabled."""
    customer = _customer_of(event)
    if customer is None or customer.state != Customer.Status.ACTIVE:
        return "not Active any more"
    lines = []
    if event.data["is_first"] and event.data["password_link_id"]:
        lines.append(login_details(event))
    others = [key for key in event.data["member_ids"] if key != event.data["user_id"]]
    if others:
        lines.append(_tell(event, "account_enabled", users_with_ids(others), customer))
    return "; ".join(lines) or "nobody to tell"


def customer_deactivated(event: Event) -> str:
    """Tell the account's people that it is switched off (A64)."""
    customer = _customer_of(event)
    if customer is None or customer.state != Customer.Status.INACTIVE:
        return "Active again"
    return _tell(event, "account_disabled", users_with_ids(event.data["member_ids"]), customer)


def login_details(event: Event) -> str:
    """Send a person username and link; a link that was voided meanwhile has a successor with a mail of its own."""
    link = password_link_with_id(event.data["password_link_id"])
    if link is None or not is_usable(link):
        return "the link is void"
    user = link.user
    with override(supported_language(user.language)):
        context = {
            "user": user.name,
            "username": user.username,
            "customer": link.customer.name if link.customer else "",
            "set_password": _ask_for_password(user),
            "link": links.set_password(link),
            "expiry": _expiry(link),
        }
    return outcome(
        post("login_details", event=event, to=user.email, user=user, customer=link.customer, context=context)
    )


def membership_granted(event: Event) -> str:
    """Tell a person that staff gave him access (A86)."""
    customer = _customer_of(event)
    if customer is None or customer.state != Customer.Status.ACTIVE:
        return "the customer is not Active"
    return _tell(event, "account_enabled", users_with_ids([event.data["user_id"]]), customer)


def contact_added(event: Event) -> str:
    """Tell the account's address, contacts and managers that somebody joined by what he knew (A24)."""
    customer = _customer_of(event)
    newcomer = user_with_id(event.data["user_id"])
    if customer is None or newcomer is None:
        return "gone"
    language = supported_language(customer.language)
    with override(language):
        context = {
            "customer": customer.name,
            "person": newcomer.name,
            "person_email": newcomer.email,
            "outcome": _what_it_gave(event),
        }
    told = [
        post(
            "contact_added",
            event=event,
            to=address,
            customer=customer,
            language=language,
            context=context,
        )
        for address in _people_on_file(customer)
        if fold_email(address) != newcomer.email
    ]
    return outcome(*told) if told else "nobody on file to tell"


def _customer_of(event: Event) -> Customer | None:
    key = event.data.get("customer_id") or event.customer_id
    return customers(SYSTEM).filter(pk=key or 0).first()


def _tell(event: Event, key: str, users: Iterable[User], customer: Customer) -> str:
    mails = [
        post(
            key,
            event=event,
            to=user.email,
            user=user,
            customer=customer,
            context={"user": user.name, "account": customer.name}
            | ({"sign_in": links.sign_in()} if key == "account_enabled" else {}),
        )
        for user in users
        if user.is_active
    ]
    return outcome(*mails)


def _people_on_file(customer: Customer) -> list[str]:
    managers = members(customer).filter(is_manager=True, user__is_active=True)
    on_file = customer.contacts.filter(is_enabled=True)
    found = [
        customer.email,
        *managers.values_list("user__email", flat=True),
        *on_file.values_list("email", flat=True),
    ]
    return list(dict.fromkeys(filter(None, found)))


def _what_it_gave(event: Event) -> str:
    if event.kind == "onboarding.linked":
        return _("The person's e-mail address fits what is on file, so access was given at once.")
    if event.data["gave"] == "access":
        return _("The person knew an account number, postcode and recent invoice, and has access now.")
    return _(
        "The person knew an account number, postcode and recent invoice. We look at it before anybody gets access."
    )


def _ask_for_password(user: User) -> str:
    if user.has_usable_password():
        return _(
            "The password that you chose when you registered still holds. With this link you can choose another:"
        )
    return _("Please choose your password:")


def _expiry(link: PasswordLink) -> str:
    hours = max(1, round((link.expires_at - now()).total_seconds() / 3600))
    return _("The link works once, for %(hours)s hours. Afterwards it offers to send a fresh one.") % {
        "hours": hours
    }
