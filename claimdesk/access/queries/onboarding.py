"""Onboarding: who is to do it, and what speaks for linking without a clerk."""

from django.db.models import Exists, OuterRef

from claimdesk.access.models import Onboarding
from claimdesk.company.models import Company
from claimdesk.customers.models import Contact, Customer, Domain, StaleAddress
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import domain_of
from claimdesk.people.models import User

Evidence = Company.Evidence
# From the strongest; whoever has a stronger one than the seller asks for has enough.
STRONGEST_FIRST = (Evidence.VERIFIED_CONTACT, Evidence.VERIFIED_DOMAIN, Evidence.NAME_ALONE)


def onboarding_to_do(actor: Actor) -> Onboarding | None:
    """Return the onboarding that the actor has still to submit; None for who was invited or made by staff (A7).

    Who has a customer in hand has access, and nothing to submit.
    """
    if actor.kind != "user" or actor.id is None or actor.customer_id is not None:
        return None
    waiting = Onboarding.objects.filter(user_id=actor.id or 0, submitted_at=None)
    return waiting.select_related("user").first()


def onboarding_of(user: User) -> Onboarding | None:
    """Return what `user` said of his organization, submitted or not."""
    return Onboarding.objects.filter(user=user).first()


def evidence_held(user: User, customer: Customer, *, seller: Company) -> Company.Evidence:
    """Return the strongest evidence by which `user` belongs to `customer`, whose name he gave (A9)."""
    domain = domain_of(user.email)
    here, theirs = OuterRef("pk"), {"email": user.email}
    is_stale, is_contact, is_confirmed = (
        Customer.objects.filter(pk=customer.pk)
        .values_list(
            Exists(StaleAddress.objects.filter(customer=here, **theirs)),
            Exists(Contact.objects.filter(customer=here, is_enabled=True, **theirs)),
            Exists(Domain.objects.filter(customer=here, domain=domain).exclude(confirmed_at=None)),
        )
        .get()
    )
    if not is_stale and (is_contact or customer.email == user.email):
        return Evidence.VERIFIED_CONTACT
    if is_confirmed and domain not in seller.shared_domains:
        return Evidence.VERIFIED_DOMAIN
    return Evidence.NAME_ALONE


def is_enough(held: str, asked: str) -> bool:
    """Tell whether the evidence `held` is at least the one that the seller asks for."""
    order = list(STRONGEST_FIRST)
    return order.index(Evidence(held)) <= order.index(Evidence(asked))
