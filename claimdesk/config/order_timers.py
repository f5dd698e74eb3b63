"""Handlers of timers of orders."""

from claimdesk.kernel.actor import SYSTEM
from claimdesk.ledger.actions.timers import due_timers
from claimdesk.ledger.models import Timer
from claimdesk.orders.actions.items import time_out_items

ITEMS_AT_ONCE = 200


def order_items_time_out(timer: Timer) -> str:
    """Let the item that the timer is about take its timeout, and with it others whose time has come too (O13).

    What failed before is tried alone, so that it holds no others up.
    """
    others = due_timers(timer.kind, limit=ITEMS_AT_ONCE - 1) if timer.attempts == 1 else []
    return f"{time_out_items([timer, *others], by=SYSTEM)} moved"
