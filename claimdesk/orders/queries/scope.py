"""Whose papers the actor may see: one rule for invoices, payments, refunds and shipments."""

from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order

MOST_NAMED = 200

Paper = TypeVar("Paper", bound=Model)


def may_see(actor: Actor, *, staff: str, customers: str) -> bool:
    """Tell whether the actor may see papers of that kind at all."""
    if actor.kind == "system" or (actor.is_staff and not actor.is_acting and actor.may(staff)):
        return True
    return actor.may(customers)


def of_seen_order(
    rows: QuerySet[Paper], order: Order, actor: Actor, *, staff: str, customers: str
) -> QuerySet[Paper]:
    """Narrow papers to those of an order that the actor was shown; whose it is was asked when it was found."""
    return rows.filter(order=order) if may_see(actor, staff=staff, customers=customers) else rows.none()


def of_own_customers(rows: QuerySet[Paper], actor: Actor, *, customer: str = "customer") -> QuerySet[Paper]:
    """Narrow papers to those of the customers whose representative the actor is.

    Few customers are named; of many the list is walked and soon full, where SQLite would sort all of their papers.
    """
    own = Customer.objects.filter(representative_id=actor.id)
    keys = list(own.order_by().values_list("pk", flat=True)[: MOST_NAMED + 1])
    if len(keys) <= MOST_NAMED:
        return rows.filter(**{f"{customer}_id__in": keys})
    return rows.filter(Exists(own.filter(pk=OuterRef(f"{customer}_id"))))


def papers(
    rows: QuerySet[Paper], actor: Actor, *, staff: str, customers: str, customer: str = "customer"
) -> QuerySet[Paper]:
    """Narrow papers to those that the actor may see: staff all or their own customers', others their account's.

    Takes: the permissions that `staff` and `customers` need; `customer`, the way from a paper to its customer.
    """
    if actor.kind == "system":
        return rows
    if actor.is_staff and not actor.is_acting and actor.may(staff):
        if actor.only_own_customers:
            return of_own_customers(rows, actor, customer=customer)
        return rows
    if not actor.may(customers):
        return rows.none()
    keys = customers_of_papers(actor)
    if len(keys) == 1:
        return rows.filter(**{f"{customer}_id": keys[0]})
    return rows.filter(**{f"{customer}_id__in": keys})
