"""Events of orders, in the past tense, by noun."""

from claimdesk.orders.events.orders import (
    OrderApproved,
    OrderCanceled,
    OrderChanged,
    OrderDenied,
    OrderPlaced,
    ReplacementPlaced,
)

__all__ = [
    "OrderApproved",
    "OrderCanceled",
    "OrderChanged",
    "OrderDenied",
    "OrderPlaced",
    "ReplacementPlaced",
]
