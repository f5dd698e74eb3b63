"""What happens to items of orders: events that people trigger, timeouts, and what follows by itself (O12, O13)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claimdesk.customers.queries.customers import require_own_customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.actions.timers import set_timers, take_timers
from claimdesk.ledger.models import Timer, subject_key
from claimdesk.orders.actions.moving import TIMEOUT_KIND, Moves, Step
from claimdesk.orders.models import Order, OrderItem, OrderLine
from claimdesk.orders.permissions import PLACE_ORDERS, TRIGGER_ITEM_EVENTS
from claimdesk.orders.process.definition import CUSTOMER, MANUAL, Process, in_language
from claimdesk.orders.process.engine import next_transition, timeouts
from claimdesk.orders.process.vocabulary import GUARDS
from claimdesk.orders.queries.items import person_of
from claimdesk.orders.queries.processes import process_of

ASKED_AGAIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What came of an event for one item: whether it `moved`, else a code and the reason in words.

    `moved_item_id` is the key of what stands in the new state: the item itself, or the part that was split off.
    """

    item_id: int
    moved: bool
    code: str = ""
    message: str = ""
    moved_item_id: int | None = None


@transaction.atomic
def enter_items(order: Order, lines: Collection[OrderLine], *, by: Actor) -> list[OrderItem]:
    """Put all of the `lines` of a new `order` into the start state of its process, and let follow what does.

    Records: OrderItemsMoved for what moved on by itself at once; that they entered is said by the order's own event.
    """
    moves = Moves([order])
    start = process_of(order.process).start
    items = [
        OrderItem(
            order=order,
            line=line,
            quantity=line.quantity,
            state=start,
            entered_at=moves.at,
            ordered_at=order.ordered_at,
        )
        for line in lines
    ]
    moves.entered = OrderItem.objects.bulk_create(items)
    moves.follow(moves.entered)
    moves.settle()
    return moves.entered


@transaction.atomic
def trigger_event(
    items: Iterable[OrderItem],
    event: str,
    *,
    quantities: Mapping[int, Decimal] | None = None,
    by: Actor,
) -> list[ItemResult]:
    """Have a manual event happen to items, as they were read, each as far as its process allows.

    What an item's guard or command refuses leaves the others alone. What happens by itself afterwards happens at once.

    Takes: `quantities`, by the keys of items, of what is to move; the rest of such an item stays. Without one, all.
    Returns: a result for each item, in their order. Codes: `already_changed` (by somebody else, since it was read),
    `not_offered`, `condition`, `quantity`, `not_allowed`, or what the event's command refused.
    Records: OrderItemsMoved.
    """
    by.require(PLACE_ORDERS if person_of(by) == CUSTOMER else TRIGGER_ITEM_EVENTS)
    read = list(items)
    moves = Moves.of({item.order_id for item in read})
    _require_own(moves.orders.values(), by)
    rows = _rows([item.pk for item in read])
    results: dict[int, ItemResult] = {}
    steps: list[Step] = []
    for item in read:
        try:
            steps.append(_step(moves, item, rows.get(item.pk), event, (quantities or {}).get(item.pk), by))
        except Refused as refusal:
            results[item.pk] = ItemResult(item.pk, False, refusal.code, refusal.message)
    for key, refused in moves.take(steps, by=by).items():
        results[key] = _refused(key, refused)
    for step in steps:
        key = step.item.pk
        results.setdefault(key, ItemResult(key, True, moved_item_id=moves.part_of(step.item) or key))
    moves.follow(moves.moved_items())
    moves.settle()
    return [results[item.pk] for item in read]


@transaction.atomic
def follow_up_items(orders: Collection[Order], *, by: Actor) -> list[OrderItem]:
    """Let happen what may happen by itself now, with all items of `orders`; for deeds that change what guards ask.

    A payment, an approval: they call this in their own transaction. Returns the items that moved.
    Records: OrderItemsMoved.
    """
    moves = Moves.of([order.pk for order in orders])
    moves.follow(
        list(OrderItem.objects.filter(order__in=list(moves.orders)).select_related("line").order_by("pk"))
    )
    moves.settle()
    return moves.moved_items()


@transaction.atomic
def time_out_items(timers: Collection[Timer], *, by: Actor) -> int:
    """Let items whose time has come take their timeouts, and their timers be done, in one transaction.

    The first timer's order is waited for; of the others those are left for later that somebody else holds. Safe to
    repeat: an item that has moved on meanwhile is left alone. An item that no guard lets pass is asked again in a day.

    Returns: how many moved.
    Records: OrderItemsMoved.
    """
    wanted = {int(timer.subject.partition("/")[2]): timer for timer in timers}
    order_of = dict(OrderItem.objects.filter(pk__in=list(wanted)).values_list("pk", "order_id"))
    first = order_of.get(next(iter(wanted)), 0)
    moves = Moves.of_those_at_hand(first, order_of.values())
    ours = {key: timer for key, timer in wanted.items() if order_of.get(key, first) in {first, *moves.orders}}
    taken = {timer.subject for timer in take_timers(list(ours.values()))}
    rows = _rows([key for key, timer in ours.items() if timer.subject in taken])
    steps = [step for item in rows.values() if (step := _timeout(moves, item))]
    stuck = moves.take(steps, by=by)
    moves.follow(moves.moved_items())
    moves.settle()
    gone = {step.item.pk for step in steps if step.item.pk not in stuck}
    _ask_again(moves, [item for key, item in rows.items() if key not in gone])
    return len(gone)


def _require_own(orders: Iterable[Order], by: Actor) -> None:
    """Raise NotAllowed for orders of another account, and of customers that are not theirs to see for staff."""
    for order in orders:
        if person_of(by) == CUSTOMER and order.customer_id != by.customer_id:
            raise NotAllowed("own account")
        if by.only_own_customers:
            require_own_customer(order.customer, by)


def _rows(keys: Collection[int]) -> dict[int, OrderItem]:
    rows = OrderItem.objects.filter(pk__in=list(keys)).select_related("line__product").order_by("pk")
    return {row.pk: row for row in rows}


def _step(
    moves: Moves, read: OrderItem, row: OrderItem | None, event: str, quantity: Decimal | None, by: Actor
) -> Step:
    """Return the step that `event` means for an item as it is now. Refuses what trigger_event says."""
    if row is None or (row.version, row.state) != (read.version, read.state):
        raise Refused("already_changed", _("Already changed by somebody else."))
    process = moves.process(row)
    known = process.events.get(event)
    leaving = [one for one in process.leaving[row.state] if one.event == event]
    if known is None or known.kind != MANUAL or person_of(by) not in known.by or not leaving:
        label = in_language(process.states[row.state].labels, get_language() or "en")
        raise Refused("not_offered", _("Not possible while the item is “{state}”.").format(state=label))
    transition = next_transition(process, row.state, event, lambda guard: moves.passes(row, guard))
    if transition is None:
        wanting = " / ".join(str(GUARDS[one.guard]) for one in leaving)
        raise Refused("condition", _("Only if: {condition}.").format(condition=wanting))
    return Step(row, transition, _quantity(row, quantity))


def _quantity(item: OrderItem, wanted: Decimal | None) -> Decimal:
    if wanted is None:
        return item.quantity
    if not 0 < wanted <= item.quantity:
        raise Refused("quantity", _("More than nothing, and at most what there is of it."))
    product = item.line.product
    steps = [item.line.quantity, *([product.quantity_step] if product else [])]
    if wanted % 1 and not any(step % 1 for step in steps):
        raise Refused("quantity", _("Only whole pieces."))
    return wanted


def _refused(key: int, refused: Refused | NotAllowed) -> ItemResult:
    if isinstance(refused, Refused):
        return ItemResult(key, False, refused.code, refused.message)
    return ItemResult(key, False, "not_allowed", _("You may not do what this event does."))


def _timeout(moves: Moves, item: OrderItem) -> Step | None:
    """Return the step of the soonest timeout of the item that has come and that a guard lets pass."""
    process = moves.process(item)
    for event in timeouts(process, item.state):
        if event.after and item.entered_at + event.after <= moves.at:
            transition = next_transition(
                process, item.state, event.name, lambda guard: moves.passes(item, guard)
            )
            if transition:
                return Step(item, transition, item.quantity)
    return None


def _ask_again(moves: Moves, items: Iterable[OrderItem]) -> None:
    """Set the timers of items that stay: for their next timeout, else in a day."""
    due = {}
    for item in items:
        process: Process = moves.process(item)
        ends = [item.entered_at + event.after for event in timeouts(process, item.state) if event.after]
        if ends:
            due[subject_key(item)] = min([end for end in ends if end > now()], default=now() + ASKED_AGAIN)
    if due:
        set_timers(TIMEOUT_KIND, due)
