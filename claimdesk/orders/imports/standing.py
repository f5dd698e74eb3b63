"""Items of orders, standing where shipments of an ERP say they stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db import connection
from django.db.models import QuerySet

from claimdesk.kernel.clock import now
from claimdesk.ledger.actions.timers import cancel_timers, set_timers
from claimdesk.ledger.models import subject_key
from claimdesk.orders.actions.moving import TIMEOUT_KIND
from claimdesk.orders.models import Order, OrderItem, OrderProcess
from claimdesk.orders.process.definition import CANCELED, DELIVERED, SHIPPED, Process
from claimdesk.orders.process.engine import timeouts
from claimdesk.orders.process.standing import state_of_order
from claimdesk.orders.queries.processes import process_of

ONE_THOUSAND = 1000
_AT_ONCE = 500
_MOST_PARAMETERS = 10_000


def stand_as_shipped(shipped: Mapping[int, int], delivered: Mapping[int, int]) -> None:
    """Count quantities as shipped and delivered, and have items that are not there yet stand so.

    An ERP tells what happened; no guard is asked, and no command carried out.
    Takes: thousandths by key of line.
    """
    lines = sorted({key for key, quantity in (*shipped.items(), *delivered.items()) if quantity})
    for start in range(0, len(lines), _MOST_PARAMETERS):
        _move_lines(lines[start : start + _MOST_PARAMETERS], shipped, delivered)
    _count("shipped", shipped)
    _count("delivered", delivered)


def _move_lines(lines: list[int], shipped: Mapping[int, int], delivered: Mapping[int, int]) -> None:
    items = _not_there_yet(lines).select_related("order__process").defer("order__process__text")
    by_line: dict[int, list[OrderItem]] = defaultdict(list)
    for item in items.order_by("pk"):
        by_line[item.line_id].append(item)
    standing = _Standing()
    for line in lines:
        standing.move(by_line[line], shipped.get(line, 0), flag=SHIPPED)
        standing.move(by_line[line], delivered.get(line, 0), flag=DELIVERED)
    standing.write()


def _not_there_yet(lines: Collection[int]) -> QuerySet[OrderItem]:
    """Return the items of lines that may have to move; most have arrived, where an order's status told it before."""
    items = OrderItem.objects.filter(line_id__in=lines)
    for stored in OrderProcess.objects.filter(orders__lines__in=lines).distinct():
        states = process_of(stored).states.values()
        there = [state.name for state in states if {DELIVERED, CANCELED} & state.flags]
        items = items.exclude(order__process=stored, state__in=there)
    return items


class _Standing:
    """Moves of items, written together."""

    def __init__(self) -> None:
        self.at = now()
        self.changed: dict[int, OrderItem] = {}
        self.split: list[OrderItem] = []
        self.orders: dict[int, Order] = {}

    def move(self, items: list[OrderItem], quantity: int, *, flag: str) -> None:
        """Have so much of a line stand in the first state of the happy path that has `flag`."""
        for item in list(items):
            process = process_of(item.order.process)
            target = _first_with(process, flag)
            flags = process.states[item.state].flags
            if quantity <= 0 or not target or flag in flags or CANCELED in flags:
                continue
            there = int(item.quantity * ONE_THOUSAND)
            if quantity < there:
                part = OrderItem(
                    order=item.order,
                    line_id=item.line_id,
                    quantity=_quantity(quantity),
                    ordered_at=item.ordered_at,
                )
                item.quantity = _quantity(there - quantity)
                items.append(part)
                self.split.append(part)
                moving = part
            else:
                moving = item
            moving.state, moving.entered_at = target, self.at
            if item.pk:
                self.changed[item.pk] = item
            self.orders[item.order_id] = item.order
            quantity -= there

    def write(self) -> None:
        """Write items, the states of their orders, and timers."""
        for item in self.changed.values():
            item.version += 1
        fields = ["state", "quantity", "entered_at", "version"]
        OrderItem.objects.bulk_update(self.changed.values(), fields, batch_size=_AT_ONCE)
        OrderItem.objects.bulk_create(self.split)
        self._set_states_of_orders()
        items = [*self.changed.values(), *self.split]
        cancel_timers(TIMEOUT_KIND, [subject_key(item) for item in items])
        due = {}
        for item in items:
            soonest = next(iter(timeouts(process_of(item.order.process), item.state)), None)
            if soonest and soonest.after:
                due[subject_key(item)] = item.entered_at + soonest.after
        if due:
            set_timers(TIMEOUT_KIND, due)

    def _set_states_of_orders(self) -> None:
        states: dict[int, set[str]] = defaultdict(set)
        rows = OrderItem.objects.filter(order__in=list(self.orders)).order_by()
        for order_id, state in rows.values_list("order_id", "state").distinct():
            states[order_id].add(state)
        changed: dict[str, list[int]] = defaultdict(list)
        for key, found in states.items():
            order = self.orders[key]
            state = state_of_order(process_of(order.process), found)
            if state != order.state:
                changed[state].append(key)
        for state, moved in changed.items():
            Order.objects.filter(pk__in=moved).update(state=state)


def _first_with(process: Process, flag: str) -> str:
    return next((name for name in process.happy_path if flag in process.states[name].flags), "")


def _quantity(number: int) -> Decimal:
    return Decimal(number).scaleb(-3)


def _count(column: str, quantities: Mapping[int, int]) -> None:
    """Add to what is shipped or delivered of lines; what an order's status told before is not counted twice."""
    least = "min" if connection.vendor == "sqlite" else "least"
    statement = f"UPDATE orders_allotment SET {column} = {least}({column} + %s, ordered - canceled) WHERE line_id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(quantity, line) for line, quantity in quantities.items() if quantity])
