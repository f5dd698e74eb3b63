"""Rows of a file beside the customers on file: who is probably here already under another number?"""

from claimdesk.customers.matching.candidates import candidates
from claimdesk.customers.matching.records import Newcomer
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.actor import Actor
from claimdesk.ledger.queries.imports import PreviewRow

LIKELY = 0.8


def likely_on_file(actor: Actor, row: PreviewRow) -> Customer | None:
    """Return the customer that a new row probably is, as far as `actor` may see it (A30, A75)."""
    if row.is_known or row.reason:
        return None
    fields = {name: row.values.get(name, "") for name in Newcomer.__slots__}
    for candidate in candidates(Newcomer(**fields), limit=1):
        if candidate.probability >= LIKELY:
            return customers(actor).filter(pk=candidate.customer_id).first()
    return None
