"""The commands that a process can name: what is written in the transaction of a move.

Each bears the name that `vocabulary.COMMANDS` gives it. Takes: the order, held by this transaction; the item; the
quantity of it that moves; `key`, the same whenever this very move is tried again. Refuses what its writer refuses:
then the item stays where it is.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from claimdesk.kernel.actor import Actor
from claimdesk.orders.models import Order, OrderItem

Command = Callable[[Order, OrderItem, Decimal, str, Actor], None]

COMMANDS: Mapping[str, Command] = {}
