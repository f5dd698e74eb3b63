"""Addresses of a customer's order."""

from claimdesk.customers.models import Customer
from claimdesk.people.models import User
from tests import make

DEEDS = ("", "_edit", "_cancellation", "_items_event", "_ticked_items_event")


def of_orders(customer: Customer, people: dict[str, User]) -> dict[str, dict[str, int | str]]:
    """Addresses of an order and its items."""
    order = make.order(customer)
    pages: dict[str, dict[str, int | str]] = {f"office:order{deed}": {"pk": order.pk} for deed in DEEDS}
    return pages | {"office:order_item_event": {"pk": order.pk, "item": order.items.get().pk}}
