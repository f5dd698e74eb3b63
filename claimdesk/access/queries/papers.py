"""Whose papers one sees: those of the customer in hand, and of customers merged into it where one belonged to them."""

from claimdesk.kernel.actor import Actor


def customers_of_papers(actor: Actor) -> list[int]:
    """Return the keys of the customers whose orders, invoices and claims the actor sees, the one in hand first (A74)."""
    return [actor.customer_id, *actor.sees_merged] if actor.customer_id else []
