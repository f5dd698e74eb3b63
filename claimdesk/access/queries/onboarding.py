"""Onboarding: who is to do it, and what speaks for linking without a clerk."""

from claimdesk.access.models import Onboarding
from claimdesk.access.queries.access import memberships_that_count
from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Contact, Customer, Domain, StaleAddress
from claimdesk.kernel.text import domain_of
from claimdesk.people.models import User

Evidence = Company.Evidence
# From the strongest; whoever has a stronger one than the seller asks for has enough.
STRONGEST_FIRST = (Evidence.VERIFIED_CONTACT, Evidence.VERIFIED_DOMAIN, Evidence.NAME_ALONE)


def onboarding_to_do(user: User) -> Onboarding | None:
    """Return the onboarding that `user` has still to submit; None for who was invited or made by staff (A7)."""
    if user.is_staff:
        return None
    onboarding = Onboarding.objects.filter(user=user, submitted_at=None).first()
    return None if onboarding is None or memberships_that_count(user).exists() else onboarding


def onboarding_of(user: User) -> Onboarding | None:
    """Return what `user` said of his organization, submitted or not."""
    return Onboarding.objects.filter(user=user).first()


def evidence_held(user: User, customer: Customer) -> Company.Evidence:
    """Return the strongest evidence by which `user` belongs to `customer`, whose name he gave (A9)."""
    is_stale = StaleAddress.objects.filter(customer=customer, email=user.email).exists()
    if not is_stale and _is_on_file(user.email, customer):
        return Evidence.VERIFIED_CONTACT
    domain = domain_of(user.email)
    if domain not in company().shared_domains and _is_confirmed(domain, customer):
        return Evidence.VERIFIED_DOMAIN
    return Evidence.NAME_ALONE


def is_enough(held: str, asked: str) -> bool:
    """Tell whether the evidence `held` is at least the one that the seller asks for."""
    order = list(STRONGEST_FIRST)
    return order.index(Evidence(held)) <= order.index(Evidence(asked))


def _is_on_file(email: str, customer: Customer) -> bool:
    return (
        customer.email == email
        or Contact.objects.filter(customer=customer, email=email, is_enabled=True).exists()
    )


def _is_confirmed(domain: str, customer: Customer) -> bool:
    return Domain.objects.filter(customer=customer, domain=domain).exclude(confirmed_at=None).exists()
