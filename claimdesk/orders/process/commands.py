"""The commands that a process can name: what is written in the transaction of a move.

Each bears the name that `vocabulary.COMMANDS` gives it. Takes: the order, held by this transaction; the item; the
quantity of it that moves; `key`, the same whenever this very move is tried again; who triggered the event, who holds
the command's own permission (`rights.py`). Refuses what its writer refuses: then the item stays where it is.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from claimdesk.kernel.actor import Actor
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Order, OrderItem

Command = Callable[[Order, OrderItem, Decimal, str, Actor], None]


def refund(order: Order, item: OrderItem, quantity: Decimal, key: str, by: Actor) -> None:
    """Give back what was asked or paid for the item; a canceled one's was given back with that."""
    refund_lines(order, lines={item.line_id: quantity}, key=key, by=by)


def invoice(order: Order, item: OrderItem, quantity: Decimal, _key: str, by: Actor) -> None:
    """Invoice the item."""
    write_invoice(order, lines={item.line_id: quantity}, by=by)


REFUND = "refund"
COMMANDS: Mapping[str, Command] = {REFUND: refund, "invoice": invoice}
