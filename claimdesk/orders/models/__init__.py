"""Tables of orders."""

from claimdesk.orders.models.balance import OrderBalance
from claimdesk.orders.models.cart import Cart, CartLine
from claimdesk.orders.models.invoice import Invoice, InvoiceLine
from claimdesk.orders.models.line import Allotment, OrderItem, OrderLine
from claimdesk.orders.models.order import Order
from claimdesk.orders.models.payment import Payment, Refund
from claimdesk.orders.models.process import OrderProcess
from claimdesk.orders.models.shipment import Shipment, ShipmentItem

__all__ = [
    "Allotment",
    "Cart",
    "CartLine",
    "Invoice",
    "InvoiceLine",
    "Order",
    "OrderBalance",
    "OrderItem",
    "OrderLine",
    "OrderProcess",
    "Payment",
    "Refund",
    "Shipment",
    "ShipmentItem",
]
