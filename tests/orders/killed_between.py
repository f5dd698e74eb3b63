"""A process that triggers an event of an item and kills itself at its n-th write: `ITEM EVENT N`."""

import os
import signal
import sys

import django


def main(item: int, event: str, last: int) -> None:
    """Trigger the event; die without a word before the write of number `last`, from 0."""
    django.setup()
    from django.db import connection

    from claimdesk.kernel.actor import SYSTEM
    from claimdesk.orders.actions.items import trigger_event
    from claimdesk.orders.models import OrderItem

    left = last

    def count_down(execute, sql, params, many, context):
        nonlocal left
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    items = list(OrderItem.objects.filter(pk=item))
    with connection.execute_wrapper(count_down):
        (result,) = trigger_event(items, event, by=SYSTEM)
    assert result.moved, result


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
