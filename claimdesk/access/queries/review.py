"""All that lies before the clerk who decides an account claim, read in a dozen queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, prefetch_related_objects

from claimdesk.access.models import AccountClaim, Membership
from claimdesk.access.queries.deciding import survivor
from claimdesk.access.queries.denials import denials_of
from claimdesk.company.models import Company
from claimdesk.customers.matching.explain import Reason, explain
from claimdesk.customers.matching.reading import rarity
from claimdesk.customers.matching.records import Newcomer, Place, Record
from claimdesk.customers.matching.score import Score, score
from claimdesk.customers.models import Address, Alias, Contact, Customer, Domain, StaleAddress
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import domain_of

MOST = 200


@dataclass(frozen=True)
class Alternative:
    """Another customer that came into question, whom the claim can be linked to instead."""

    customer: Customer
    town: str
    probability: float | None

    @property
    def percent(self) -> int | None:
        return None if self.probability is None else round(self.probability * 100)


@dataclass(frozen=True)
class Review:
    """An account claim with everything known about the claimant and the customer.

    `customer` is the one that approving means: of a merged one the survivor. `domains` holds the customer's, and
    those of others that equal the claimant's. `claims` are the other ones on the customer, `denials` the
    claimant's own earlier ones, on whichever customer.
    """

    claim: AccountClaim
    customer: Customer
    seller: Company
    addresses: list[Address]
    contacts: list[Contact]
    domains: list[Domain]
    stale: list[StaleAddress]
    former_names: list[str]
    memberships: list[Membership]
    claims: list[AccountClaim]
    denials: list[AccountClaim]
    namesakes: list[Customer]
    alternatives: list[Alternative]

    @property
    def newcomer(self) -> Newcomer:
        """Return the claimant's own words as the matcher takes them."""
        requested, user = self.claim.requested, self.claim.user
        fields = ("phone", "tax_number", "street", "postcode", "town", "country", "website")
        typed = {name: requested.get(name) or "" for name in fields}
        return Newcomer(name=requested.get("organization") or user.name, email=user.email, **typed)

    @property
    def billing(self) -> Address | None:
        return next((one for one in self.addresses if one.kind == Address.Kind.BILLING), None)

    @property
    def siblings(self) -> list[AccountClaim]:
        """Return the other account claims on the customer that are pending (A49)."""
        return [claim for claim in self.claims if claim.state == AccountClaim.State.PENDING]

    @property
    def own_domains(self) -> list[Domain]:
        return [one for one in self.domains if one.customer_id == self.customer.pk]

    @cached_property
    def score(self) -> Score:
        """Return how alike the claimant's words and the customer are as both are now."""
        shared = frozenset(self.seller.shared_domains)
        return score(self.newcomer, self._record, shared_domains=shared, rarity=rarity())

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        return explain(self.score)

    @property
    def probability(self) -> float:
        """Return the probability on the day of the claim: it knows of the other candidates too."""
        return self.claim.probability or self.score.probability

    @property
    def _record(self) -> Record:
        customer = self.customer
        return Record(
            customer_id=customer.pk,
            number=customer.number,
            status=customer.state,
            names=(customer.name, *self.former_names),
            emails=_filled([customer.email, *(one.email for one in self.contacts)]),
            phones=_filled([customer.phone, *(one.phone for one in self.contacts)]),
            tax_number=customer.tax_number,
            website=customer.website,
            domains=tuple(one.domain for one in self.own_domains if one.confirmed_at),
            places=tuple(Place(one.street, one.postcode, one.town, one.country) for one in self.addresses),
        )


def review_of(claim: AccountClaim, *, seller: Company, actor: Actor) -> Review:
    """Return what speaks for and against `claim`, as far as `actor` may see it."""
    customer = survivor(claim.customer)
    claimed = [customer.pk, claim.customer_id]
    domain = domain_of(claim.user.email)
    on_file = {"customer_id": customer.pk}
    likely = _likely(claim, customer)
    namesakes, others = list(_namesakes(customer, actor)), _others(likely, actor)
    prefetch_related_objects([*namesakes, *others], "addresses")
    return Review(
        claim=claim,
        customer=customer,
        seller=seller,
        addresses=list(Address.objects.filter(**on_file).order_by("kind", "pk")[:MOST]),
        contacts=list(Contact.objects.filter(**on_file).order_by("-is_enabled", "name_folded")[:MOST]),
        domains=list(
            Domain.objects.filter(Q(**on_file) | Q(domain=domain)).select_related("customer")[:MOST]
        ),
        stale=list(StaleAddress.objects.filter(**on_file)[:MOST]),
        former_names=list(
            Alias.objects.filter(**on_file, kind=Alias.Kind.NAME).values_list("value", flat=True)[:MOST]
        ),
        memberships=list(
            Membership.objects.filter(**on_file, state=Membership.State.ACTIVE)
            .select_related("user")
            .order_by("-is_manager", "since")[:MOST]
        ),
        claims=list(
            AccountClaim.objects.filter(customer_id__in=claimed)
            .exclude(pk=claim.pk)
            .select_related("user")
            .order_by("-pk")[:MOST]
        ),
        denials=list(denials_of(claim.user).exclude(pk=claim.pk).select_related("user", "customer")[:MOST]),
        namesakes=namesakes,
        alternatives=[Alternative(one, town_of(one), likely[one.pk]) for one in others],
    )


def _namesakes(customer: Customer, actor: Actor) -> Iterable[Customer]:
    """Return other customers of the same name; more than a few say no more than a few."""
    return (
        customers(actor)
        .filter(name_folded=customer.name_folded, merged_into=None)
        .exclude(pk=customer.pk)[:5]
    )


def _likely(claim: AccountClaim, customer: Customer) -> dict[int, float]:
    """Return how likely the other candidates of the day of the claim were, by their keys."""
    likely = {one["customer_id"]: one.get("likeness", one["probability"]) for one in claim.candidates}
    likely.pop(customer.pk, None)
    return likely


def _others(likely: Mapping[int, float], actor: Actor) -> list[Customer]:
    """Return the other candidates that are still customers, likeliest first (A35)."""
    if not likely:
        return []
    rows = customers(actor).filter(pk__in=likely, merged_into=None)
    return sorted(rows, key=lambda one: -(likely[one.pk] or 0))


def town_of(customer: Customer) -> str:
    """Return the town of a customer whose addresses were read along, the billing one first."""
    addresses = sorted(customer.addresses.all(), key=lambda one: one.kind != Address.Kind.BILLING)
    return next((one.town for one in addresses if one.town), "")


def _filled(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in words if word)
