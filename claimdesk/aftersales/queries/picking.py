"""Which order a new reclamation is about (R3, R4, R11)."""

from django.db.models import Q, QuerySet

from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS
from claimdesk.customers.search import customers_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models import Order

MOST_SHOWN = 20
MOST_CUSTOMERS = 1000


def orders_to_claim_on(actor: Actor) -> QuerySet[Order]:
    """Return the orders that `actor` may claim on: staff all or their customers', others those of the one in hand."""
    rows = Order.objects.select_related("customer")
    if actor.kind == "system":
        return rows
    if actor.is_staff and not actor.is_acting:
        if not actor.may(EDIT_RECLAMATIONS):
            return rows.none()
        return rows.filter(customer__representative_id=actor.id) if actor.only_own_customers else rows
    return rows.filter(customer_id=actor.customer_id) if actor.customer_id else rows.none()


def orders_found(rows: QuerySet[Order], text: str) -> list[Order]:
    """Return the newest few orders among `rows`; those that begin with a number, or whose customer is so named."""
    if text:
        number = fold_number(text)
        hits = Q(customer_id__in=customers_named(text, most=MOST_CUSTOMERS))
        if number:
            hits |= beginning_with("number_folded", number) | beginning_with("po_number_folded", number)
        rows = rows.filter(hits)
    return list(rows.order_by("-ordered_at", "-pk")[:MOST_SHOWN])
