"""Customers alike, found by the matcher, as pages show them."""

from typing import Any

from claimdesk.customers.matching.candidates import candidates, plausible
from claimdesk.customers.matching.records import Newcomer
from claimdesk.customers.models import Address, Customer


def alike_to(newcomer: Newcomer, *, but: int | None = None) -> list[dict[str, Any]]:
    """Return the plausible customers with their reasons in words, the likeliest first; not the one with key `but`."""
    return [
        {
            "customer_id": one.customer_id,
            "number": one.number,
            "name": one.name,
            "reasons": [reason.sentence for reason in one.reasons if reason.code != "several_alike"],
        }
        for one in plausible(candidates(newcomer, limit=6))
        if one.customer_id != but
    ]


def alike_of(customer: Customer) -> list[dict[str, Any]]:
    """Return the other customers whom a careful clerk would compare with this one."""
    billing = customer.addresses.filter(kind=Address.Kind.BILLING).first() or Address()
    places = {name: getattr(billing, name) for name in ("street", "postcode", "town", "country")}
    names = ("name", "email", "phone", "tax_number", "website")
    values = {name: getattr(customer, name) for name in names}
    return alike_to(Newcomer(**values, **places), but=customer.pk)
