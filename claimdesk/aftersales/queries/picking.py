"""Which order a new reclamation is about (R3, R4, R11)."""

from django.db.models import QuerySet

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order
from claimdesk.orders.queries.orders import orders, search_orders

MOST_SHOWN = 20


def orders_to_claim_on(actor: Actor) -> QuerySet[Order]:
    """Return the orders that `actor` may see, with what claiming asks of them; whether he may is the action's to say."""
    return orders(actor).select_related("customer", "process").defer("process__text")


def orders_found(rows: QuerySet[Order], text: str) -> list[Order]:
    """Return the newest few orders among `rows`; those that a search finds, best first, where there is one."""
    if not text:
        return list(rows.order_by("-ordered_at", "-pk")[:MOST_SHOWN])
    keys = search_orders(rows, text)[:MOST_SHOWN]
    found = rows.in_bulk(keys)
    return [found[key] for key in keys]
