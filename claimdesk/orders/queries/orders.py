"""Orders, as far as the actor may see them (O1)."""

from django.db.models import QuerySet

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.customers.search import customers_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.partial_indexes import as_in_the_index
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models import Order
from claimdesk.orders.permissions import SEE_ORDERS, VIEW_ORDERS
from claimdesk.orders.queries.scope import of_own_customers

MOST_CUSTOMERS = 200
MOST_HITS = 1001  # a thousand, and one to tell that there are more


def orders(actor: Actor) -> QuerySet[Order]:
    """Return the orders that `actor` may see: staff all or their own customers', others their account's."""
    if actor.kind == "system":
        return Order.objects.all()
    if actor.is_staff and not actor.is_acting and actor.may(VIEW_ORDERS):
        if actor.only_own_customers:
            return of_own_customers(Order.objects.all(), actor)
        return Order.objects.all()
    if not actor.may(SEE_ORDERS):
        return Order.objects.none()
    keys = customers_of_papers(actor)
    if len(keys) == 1:
        return Order.objects.filter(customer_id=keys[0])
    return Order.objects.filter(customer_id__in=keys)


def orders_to_approve(actor: Actor) -> QuerySet[Order]:
    """Return the orders that wait for a manager of the account (O22)."""
    return orders(actor).filter(approval=as_in_the_index(Order.Approval.PENDING.value))


def with_approval(rows: QuerySet[Order], approval: str) -> QuerySet[Order]:
    """Narrow orders to those whose approval by the customer stands so; of most orders none is asked."""
    if approval != Order.Approval.NOT_NEEDED:
        rows = rows.exclude(approval=as_in_the_index(Order.Approval.NOT_NEEDED.value))
    return rows.filter(approval=approval)


def search_orders(rows: QuerySet[Order], text: str) -> list[int]:
    """Return the keys of the orders that hit, best first: by number, by PO number, by their beginning, by customer."""
    found: dict[int, None] = {}
    if folded := fold_number(text):
        begun = beginning_with("number_folded", folded) | beginning_with("po_number_folded", folded)
        names = ("number_folded", "po_number_folded", "ordered_at", "pk")
        hits = list(rows.filter(begun).order_by().values_list(*names)[:MOST_HITS])
        hits.sort(key=lambda hit: hit[2], reverse=True)
        hits.sort(key=lambda hit: _rank(folded, hit[0], hit[1]))
        found |= dict.fromkeys(key for *_rest, key in hits)
    if customers := customers_named(text, most=MOST_CUSTOMERS):
        theirs = rows.filter(customer_id__in=customers).order_by("-ordered_at", "-pk")
        found |= dict.fromkeys(theirs.values_list("pk", flat=True)[:MOST_HITS])
    return list(found)[:MOST_HITS]


def _rank(folded: str, number: str, po_number: str) -> int:
    """Return how well an order is hit: by its number, by the customer's, by the beginning of either."""
    return 0 if number == folded else 1 if po_number == folded else 2 if number.startswith(folded) else 3
