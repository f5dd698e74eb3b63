"""Tables of customers."""

from claimdesk.customers.models.customer import Customer, CustomerGroup
from claimdesk.customers.models.matching import MatchEntry, MatchRarity
from claimdesk.customers.models.on_file import (
    Address,
    Alias,
    Contact,
    Domain,
    DuplicatePair,
    StaleAddress,
    folded_alias,
)

__all__ = [
    "Address",
    "Alias",
    "Contact",
    "Customer",
    "CustomerGroup",
    "Domain",
    "DuplicatePair",
    "MatchEntry",
    "MatchRarity",
    "StaleAddress",
    "folded_alias",
]
