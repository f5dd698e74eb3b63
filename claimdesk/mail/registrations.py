"""Mails that follow from registrations and onboarding."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from claimdesk.access.models import Registration
from claimdesk.access.queries.registrations import code_of, open_registration
from claimdesk.company.system_emails.rendering import supported_language
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import now
from claimdesk.ledger.models import Event
from claimdesk.mail import links
from claimdesk.mail.compose import outcome, post
from claimdesk.people.models import User
from claimdesk.people.queries.users import user_with_id


def registration_started(event: Event) -> str:
    """Send code and link, for the first time or again."""
    registration = open_registration(event.data["registration_id"])
    if registration is None:
        return "the registration is over"
    return outcome(
        post(
            "verify_email",
            event=event,
            to=registration.email,
            language=registration.language,
            context={
                "code": code_of(registration),
                "link": links.verification(registration),
                "hours": _hours_left(registration),
            },
            subject_row=registration,
        )
    )


def address_taken(event: Event) -> str:
    """Tell the owner of an address that somebody else, or he himself, tried to use it."""
    owner = user_with_id(event.data.get("owner_id") or event.data["user_id"])
    if owner is None:
        return "the user is gone"
    context = {
        "user": owner.name,
        "username": owner.username,
        "sign_in": links.sign_in(),
        "reset": links.forgotten_password(),
    }
    return outcome(post("registration_attempt", event=event, to=owner.email, user=owner, context=context))


def onboarding_customer_made(event: Event) -> str:
    """Confirm the request for a new account."""
    user = user_with_id(event.data["user_id"])
    customer = customers(SYSTEM).filter(pk=event.data["customer_id"]).first()
    if user is None or customer is None:
        return "gone"
    return confirm_new_account(event, user, customer)


def confirm_new_account(event: Event, user: User, customer: Customer) -> str:
    """Confirm a new account to its first person, with copies for whom the seller named (A17)."""
    with override(supported_language(user.language)):
        next_step = (
            _("It is ready: you can order at once.")
            if customer.state == Customer.Status.ACTIVE
            else _("We look at it now and write to you as soon as it is ready.")
        )
    context = {
        "user": user.name,
        "username": user.username,
        "email": user.email,
        "customer": customer.name,
        "number": customer.number,
        "next": next_step,
        "link": links.home(),
    }
    return outcome(
        post(
            "new_account_request_confirmation",
            event=event,
            to=user.email,
            user=user,
            customer=customer,
            context=context,
        )
    )


def _hours_left(registration: Registration) -> int:
    return max(1, round((registration.expires_at - now()).total_seconds() / 3600))
