"""Addresses that stand in mails, absolute, all in one place."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from claimdesk.access.models import AccountClaim, EmailChange, Invitation, PasswordLink, Registration
from claimdesk.access.queries import email_changes, invitations, password_links, registrations
from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.customers.models import Customer
from claimdesk.orders.models import Order

ToCustomer = Callable[[Customer], str]


def absolute(name: str, *arguments: object) -> str:
    """Return the full address of a URL name."""
    return settings.BASE_URL + reverse(name, args=arguments)


def home() -> str:
    return absolute("portal:home")


def office() -> str:
    return absolute("office:dashboard")


def sign_in() -> str:
    return absolute("account_login")


def waiting() -> str:
    return absolute("portal:waiting")


def forgotten_password() -> str:
    return absolute("account_reset_password")


def verification(registration: Registration) -> str:
    return absolute("portal:registration_link", registrations.token_of(registration))


def set_password(link: PasswordLink) -> str:
    return absolute("portal:password_link", password_links.token_of(link))


def invitation(row: Invitation) -> str:
    return absolute("portal:invitation", invitations.token_of(row))


def cancel_email_change(change: EmailChange) -> str:
    return absolute("portal:email_change_cancel", email_changes.cancel_token_of(change))


def account_claim_in_office(claim: AccountClaim) -> str:
    return absolute("office:account_claim", claim.pk)


def customer_in_office(customer: Customer) -> str:
    return absolute("office:customer", customer.pk)


def order(row: Order) -> str:
    return absolute("portal:order", row.pk)


def warranty_claim(claim: WarrantyClaim) -> str:
    return absolute("portal:warranty_claim_comments", claim.pk)


def warranty_claim_in_office(claim: WarrantyClaim) -> str:
    return absolute("office:warranty_claim", claim.pk)
