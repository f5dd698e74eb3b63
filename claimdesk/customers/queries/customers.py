"""Customers, as far as the actor may see them."""

from django.db.models import QuerySet

from claimdesk.customers.models import Customer
from claimdesk.customers.permissions import VIEW_CUSTOMERS
from claimdesk.kernel.actor import Actor


def customers(actor: Actor) -> QuerySet[Customer]:
    """Return the customers that `actor` may see: staff all or their own, others the one in hand."""
    if actor.is_staff and not actor.is_acting:
        if not actor.may(VIEW_CUSTOMERS):
            return Customer.objects.none()
        if actor.only_own_customers:
            return Customer.objects.filter(representative_id=actor.id)
        return Customer.objects.all()
    if actor.kind == "system":
        return Customer.objects.all()
    return Customer.objects.filter(pk=actor.customer_id) if actor.customer_id else Customer.objects.none()
