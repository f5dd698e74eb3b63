"""The commands that a process can name: what is written in the transaction of a move.

Each bears the name that `vocabulary.COMMANDS` gives it. Takes: the order, held by this transaction; the item; the
quantity of it that moves; `key`, the same whenever this very move is tried again. Refuses what its writer refuses:
then the item stays where it is.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from claimdesk.kernel.actor import Actor
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.refunds import refund_lines
from claimdesk.orders.models import Order, OrderItem
from claimdesk.orders.permissions import EDIT_INVOICES

Command = Callable[[Order, OrderItem, Decimal, str, Actor], None]


def refund(order: Order, item: OrderItem, quantity: Decimal, key: str, by: Actor) -> None:
    """Give back what was asked or paid for the item, as far as `by` may; a canceled one's was given back with that."""
    refund_lines(order, lines={item.line_id: quantity}, key=key, by=by)


def invoice(order: Order, item: OrderItem, quantity: Decimal, _key: str, by: Actor) -> None:
    """Invoice the item; whoever moves it need not be one who writes invoices by hand, for the seller's process says so."""
    write_invoice(order, lines={item.line_id: quantity}, by=by.who_also_may(EDIT_INVOICES))


REFUND = "refund"
COMMANDS: Mapping[str, Command] = {REFUND: refund, "invoice": invoice}
