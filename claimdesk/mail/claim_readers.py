"""Who gets a mail about a warranty claim, and what every such mail tells of it."""

from dataclasses import dataclass
from typing import Any

from claimdesk.aftersales.models import WarrantyClaim
from claimdesk.aftersales.queries.claim_people import agent, claimant, correspondents, service_people
from claimdesk.aftersales.queries.warranty_claims import warranty_claims
from claimdesk.company.queries.company import company
from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.models import Event
from claimdesk.mail import links
from claimdesk.people.models import User


@dataclass(frozen=True, slots=True)
class Reader:
    """An address, and the person behind it where that is known."""

    address: str
    user: User | None = None


def claim_of(event: Event) -> WarrantyClaim | None:
    """Return the claim that an event is about."""
    return claim_with_key(event.subject)


def claim_with_key(subject: str) -> WarrantyClaim | None:
    """Return the claim with the key "warranty_claim/42"."""
    claims = warranty_claims(SYSTEM).select_related("customer", "assigned_to")
    return claims.filter(pk=subject.rpartition("/")[2]).first()


def at_customer(claim: WarrantyClaim) -> list[Reader]:
    """Return who reads what becomes of the claim: who made it, else the account's address."""
    person = claimant(claim)
    return [Reader(person.email, person)] if person else [Reader(claim.customer.email)]


def in_conversation(claim: WarrantyClaim) -> list[Reader]:
    """Return who at the customer reads comments: who made the claim or commented, else the account's address."""
    return [Reader(person.email, person) for person in correspondents(claim)] or [
        Reader(claim.customer.email)
    ]


def at_seller(claim: WarrantyClaim) -> list[Reader]:
    """Return who of staff reads it: who works on it, else the service address, else who does such work (W15)."""
    person = agent(claim)
    if person:
        return [Reader(person.email, person)]
    if company().service_email:
        return [Reader(company().service_email)]
    return [Reader(each.email, each) for each in service_people(claim)]


def besides(readers: list[Reader], event: Event) -> list[Reader]:
    """Return the readers without the one who did it: nobody is mailed what he wrote himself."""
    return [each for each in readers if each.user is None or each.user.pk != event.actor_id]


def facts_of(claim: WarrantyClaim, reader: Reader, *, in_office: bool = False) -> dict[str, Any]:
    """Return what every mail tells of a claim."""
    customer = claim.customer
    facts = {
        "customer": customer.name,
        "number": claim.number,
        "serial": claim.serial,
        "product": claim.product_name,
    }
    if in_office:
        return {**facts, "link": links.warranty_claim_in_office(claim)}
    user = reader.user.name if reader.user else customer.name
    return {**facts, "user": user, "link": links.warranty_claim(claim)}
