"""Events of orders, in the past tense, by noun."""

from claimdesk.orders.events import invoices, payments, refunds, shipments
from claimdesk.orders.events.items import OrderItemsMoved
from claimdesk.orders.events.orders import (
    OrderApproved,
    OrderCanceled,
    OrderChanged,
    OrderDenied,
    OrderPlaced,
    ReplacementPlaced,
)
from claimdesk.orders.events.processes import OrderProcessActivated, OrderProcessSaved

__all__ = [
    "OrderApproved",
    "OrderCanceled",
    "OrderChanged",
    "OrderDenied",
    "OrderItemsMoved",
    "OrderPlaced",
    "OrderProcessActivated",
    "OrderProcessSaved",
    "ReplacementPlaced",
    "invoices",
    "payments",
    "refunds",
    "shipments",
]
