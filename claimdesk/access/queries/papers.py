"""Whose papers one sees: those of the customer in hand, and of customers merged into it where one belonged to them."""

from claimdesk.access.models import Membership
from claimdesk.kernel.actor import Actor


def customers_of_papers(actor: Actor) -> list[int]:
    """Return the keys of the customers whose orders, invoices and claims the actor sees, the one in hand first (A74)."""
    if not actor.customer_id:
        return []
    merged: list[int] = []
    if actor.id is not None and not actor.is_acting:
        own = Membership.objects.filter(user_id=actor.id, customer_id=actor.customer_id)
        merged = next(iter(own.values_list("sees_merged", flat=True)), [])
    return [actor.customer_id, *merged]
