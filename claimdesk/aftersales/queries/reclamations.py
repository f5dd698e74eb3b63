"""Reclamations, as far as the actor may see them."""

from django.db.models import Q, QuerySet

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.aftersales.models import Reclamation, ReclamationLine
from claimdesk.aftersales.permissions import (
    EDIT_RECLAMATIONS,
    OPEN_OWN_RECLAMATIONS,
    VIEW_OWN_RECLAMATIONS,
    VIEW_RECLAMATIONS,
)
from claimdesk.company.queries.company import company
from claimdesk.customers.search import customers_named
from claimdesk.customers.search.prefix import beginning_with
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.counting import capped_counts
from claimdesk.kernel.text import fold_number
from claimdesk.orders.models import Order, OrderItem

MOST_HITS = 1000


def reclamations(actor: Actor) -> QuerySet[Reclamation]:
    """Return the reclamations that `actor` may see: staff all or their customers', others those in hand."""
    rows = Reclamation.objects.select_related("order", "customer", "cause")
    if actor.kind == "system":
        return rows
    if actor.is_staff and not actor.is_acting and actor.may(VIEW_RECLAMATIONS):
        return rows.filter(customer__representative_id=actor.id) if actor.only_own_customers else rows
    if actor.customer_id and actor.may(VIEW_OWN_RECLAMATIONS):
        return rows.filter(customer_id__in=customers_of_papers(actor))
    return rows.none()


def may_attach_photos(reclamation: Reclamation, actor: Actor) -> bool:
    """Tell whether `actor` may add photos: staff who work on reclamations, the account's people who may claim."""
    if not company().reclamations_on:
        return False
    is_staff = actor.is_staff and not actor.is_acting
    return actor.may(EDIT_RECLAMATIONS if is_staff else OPEN_OWN_RECLAMATIONS)


def refuse_closed(reclamation: Reclamation) -> None:
    """Refuse where the reclamation takes and gives nothing any more (R5)."""
    if not reclamation.is_open:
        raise reclamation.refuse_move()


def lines_of(reclamation: Reclamation) -> list[ReclamationLine]:
    """Return what is claimed, in the order's order, with the order's lines and what is free of each."""
    rows = ReclamationLine.objects.filter(reclamation=reclamation)
    return list(rows.select_related("line__allotment", "line__product").order_by("line__position"))


def items_of(reclamation: Reclamation) -> QuerySet[OrderItem]:
    """Return the order's items of the claimed lines, in the order's order."""
    claimed = ReclamationLine.objects.filter(reclamation=reclamation).values("line_id")
    rows = OrderItem.objects.filter(order_id=reclamation.order_id, line_id__in=claimed)
    return rows.select_related("line").order_by("line__position", "pk")


def counts_by_state(actor: Actor) -> dict[str, int]:
    """Return how many reclamations there are: open, closed, and in `all`; capped."""
    rows = reclamations(actor).order_by()
    by_state = {str(state): rows.filter(state=state) for state in Reclamation.State}
    return capped_counts({**by_state, "all": rows})


def search_reclamations(rows: QuerySet[Reclamation], text: str) -> list[int]:
    """Return the keys of those among `rows` that hit, newest first.

    They hit by the beginning of their own number or the order's, by the customer's order number, or by the customer's
    name or number.
    """
    number = fold_number(text)
    hits = Q(customer_id__in=customers_named(text, most=MOST_HITS))
    if any(character.isdigit() for character in number):
        hits |= beginning_with("number_folded", number) | beginning_with("number_folded", f"r{number}")
        hits |= Q(order_id__in=_orders_numbered(number))
    return list(rows.filter(hits).order_by("-pk").values_list("pk", flat=True)[: MOST_HITS + 1])


def _orders_numbered(number: str) -> list[int]:
    """Return the keys of up to a thousand orders with reclamations whose number, or the customer's, begins so."""
    claimed = Order.objects.order_by().filter(has_reclamation=True)
    ours = claimed.filter(beginning_with("number_folded", number)).values("pk")
    theirs = claimed.filter(beginning_with("po_number_folded", number)).values("pk")
    return [row["pk"] for row in ours.union(theirs, all=True)[:MOST_HITS]]
