"""Moves of items, made true together: the one place where an item changes its state (O13).

Whoever comes in holds the orders by `Moves.of`: two who move items of one order come one after the other.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Self

from django.db import transaction
from django.db.models import F, QuerySet

from claimdesk.kernel.actor import SYSTEM, Actor
from claimdesk.kernel.clock import now
from claimdesk.kernel.quantities import quantity_value, shown_quantity
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.ledger.actions.timers import cancel_timers, set_timers
from claimdesk.ledger.courier.locks import lock
from claimdesk.ledger.models import subject_key
from claimdesk.ledger.record import record_many
from claimdesk.orders.actions.allotments import cancel
from claimdesk.orders.actions.refunds import refund_canceled
from claimdesk.orders.events.items import OrderItemsMoved
from claimdesk.orders.models import Order, OrderItem
from claimdesk.orders.models.line import NOTHING
from claimdesk.orders.process.commands import COMMANDS, REFUND
from claimdesk.orders.process.definition import CANCELED, Process, Transition
from claimdesk.orders.process.engine import next_automatic, timeouts
from claimdesk.orders.process.guards import GUARDS, Facts
from claimdesk.orders.process.rights import require_to_have_done
from claimdesk.orders.process.standing import state_of_order
from claimdesk.orders.process.validation import MOST_STATES
from claimdesk.orders.queries.processes import process_of

TIMEOUT_KIND = "order_item.timeout"
LONGEST_LIST = 200


@dataclass(frozen=True, slots=True)
class Step:
    """An item that is to take a transition; a `quantity` less than the item's splits it."""

    item: OrderItem
    transition: Transition
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class _Move:
    """What was done: the item that stands in the new state, and the key of the one that it was split from."""

    item: OrderItem
    transition: Transition
    quantity: Decimal
    split_from: int | None
    by: Actor


class Moves:
    """Moves of items of some orders that are held; what they did is written by `settle`, once."""

    @classmethod
    def of(cls, keys: Iterable[int]) -> Self:
        """Hold the orders until the end of the transaction; on SQLite the transaction holds all.

        In one order for everybody, so that no two wait for each other.
        """
        return cls(list(_orders(keys).select_for_update(of=("self",))))

    @classmethod
    def of_those_at_hand(cls, first: int, others: Iterable[int]) -> Self:
        """Hold the order `first`, waiting for it, and those of `others` that nobody else holds just now."""
        held = list(_orders([first]).select_for_update(of=("self",)))
        return cls(held + list(lock(_orders(set(others) - {first}), of=("self",))))

    def __init__(self, orders: Collection[Order]) -> None:
        self.orders = {order.pk: order for order in orders}
        self.facts = Facts(orders)
        self.at = now()
        self.done: list[_Move] = []
        self.entered: list[OrderItem] = []

    def process(self, item: OrderItem) -> Process:
        """The process that the item's order follows (O11)."""
        return process_of(self.orders[item.order_id].process)

    def passes(self, item: OrderItem, guard: str) -> bool:
        """Whether a guard lets the item pass now."""
        return GUARDS[guard](self.orders[item.order_id], self.facts)

    def take(self, steps: Collection[Step], *, by: Actor) -> dict[int, Refused | NotAllowed]:
        """Let items take their steps. Returns, by the key of the item, why one could not."""
        plain = [step for step in steps if not self._costs(step)]
        refusals: dict[int, Refused | NotAllowed] = {}
        self._move(plain, by)
        for step in steps:
            if not self._costs(step):
                continue
            try:
                with transaction.atomic():
                    self._pay(step, by)
                    self._move([step], by)
            except (Refused, NotAllowed) as refusal:
                refusals[step.item.pk] = refusal
            self.facts = Facts(self.orders.values())
        return refusals

    def follow(self, items: Collection[OrderItem]) -> None:
        """Let happen what happens by itself with `items`, until nothing more does."""
        waiting = list(items)
        for _round in range(MOST_STATES):
            steps = [step for item in waiting if (step := self._automatic(item))]
            if not steps:
                return
            stuck = self.take(steps, by=SYSTEM)
            waiting = [step.item for step in steps if step.item.pk not in stuck]

    def settle(self) -> None:
        """Write what follows from the moves: timers, the states of orders, and what is remembered."""
        self._set_timers()
        if not self.done:
            return
        self._set_states_of_orders()
        for by, moves in groupby(self.done, key=lambda move: move.by):
            record_many(self._facts_of(list(moves)), by=by)

    def moved_items(self) -> list[OrderItem]:
        """The items that stand in another state now, parts that were split off among them."""
        return list({move.item.pk: move.item for move in self.done}.values())

    def part_of(self, item: OrderItem) -> int | None:
        """The key of the part of `item` that was split off and moved, if any was."""
        return next((move.item.pk for move in self.done if move.split_from == item.pk), None)

    def _automatic(self, item: OrderItem) -> Step | None:
        process = self.process(item)
        transition = next_automatic(process, item.state, lambda guard: self.passes(item, guard))
        return Step(item, transition, item.quantity) if transition else None

    def _costs(self, step: Step) -> bool:
        """Whether the step writes more than the item itself, and so can be refused."""
        return bool(self.process(step.item).events[step.transition.event].command) or bool(
            self._canceled(step)
        )

    def _canceled(self, step: Step) -> Decimal:
        """How much of the line the step cancels; nothing leads out of being canceled."""
        states = self.process(step.item).states
        before, after = states[step.transition.source], states[step.transition.target]
        is_canceled = CANCELED in after.flags and CANCELED not in before.flags
        return step.quantity if is_canceled else NOTHING

    def _pay(self, step: Step, by: Actor) -> None:
        item, order = step.item, self.orders[step.item.order_id]
        event = self.process(item).events[step.transition.event]
        key = f"{subject_key(item)}/{item.version}/{event.name}"
        require_to_have_done(event, by)
        canceled = self._canceled(step)
        if canceled:
            cancel({item.line_id: canceled})
            refund_canceled(order, lines={item.line_id: canceled}, key=key, by=by)
        if event.command and not (canceled and event.command == REFUND):
            COMMANDS[event.command](order, item, step.quantity, key, by)

    def _move(self, steps: Collection[Step], by: Actor) -> None:
        together: dict[tuple[str, str, int], list[Step]] = defaultdict(list)
        for step in steps:
            if step.quantity < step.item.quantity:
                self._split(step, by)
            else:
                together[step.transition.source, step.transition.target, step.item.version].append(step)
        for (source, target, version), group in together.items():
            keys = [step.item.pk for step in group]
            changed = OrderItem.objects.filter(pk__in=keys, state=source, version=version).update(
                state=target, version=version + 1, entered_at=self.at
            )
            _must_be(changed, len(group))
            for step in group:
                step.item.state, step.item.version, step.item.entered_at = target, version + 1, self.at
                self.done.append(_Move(step.item, step.transition, step.quantity, None, by))

    def _split(self, step: Step, by: Actor) -> None:
        """Leave the rest under the item's own key, with its timer; the part that goes is an item of its own."""
        item, going = step.item, step.quantity
        here = OrderItem.objects.filter(pk=item.pk, state=step.transition.source, version=item.version)
        changed = here.update(quantity=F("quantity") - quantity_value(going), version=item.version + 1)
        _must_be(changed, 1)
        item.quantity, item.version = item.quantity - going, item.version + 1
        part = OrderItem.objects.create(
            order_id=item.order_id,
            line_id=item.line_id,
            quantity=going,
            state=step.transition.target,
            entered_at=self.at,
            ordered_at=item.ordered_at,
        )
        self.done.append(_Move(part, step.transition, going, item.pk, by))

    def _set_timers(self) -> None:
        standing = {item.pk: item for item in (*self.entered, *self.moved_items())}
        due = {
            subject_key(item): item.entered_at + soonest.after
            for item in standing.values()
            for soonest in timeouts(self.process(item), item.state)[:1]
            if soonest.after
        }
        left = {
            subject_key(move.item)
            for move in self.done
            if move.split_from is None and timeouts(self.process(move.item), move.transition.source)
        }
        cancel_timers(TIMEOUT_KIND, left - due.keys())
        if due:
            set_timers(TIMEOUT_KIND, due)

    def _set_states_of_orders(self) -> None:
        touched = {move.item.order_id for move in self.done}
        standing: dict[int, set[str]] = defaultdict(set)
        rows = OrderItem.objects.filter(order__in=touched)
        for order_id, state in rows.values_list("order_id", "state").distinct():
            standing[order_id].add(state)
        changed: dict[str, list[Order]] = defaultdict(list)
        for order_id, states in standing.items():
            order = self.orders[order_id]
            state = state_of_order(process_of(order.process), states)
            if state != order.state:
                changed[state].append(order)
        for state, orders in changed.items():
            Order.objects.filter(pk__in=[order.pk for order in orders]).update(state=state)
            for order in orders:
                order.state = state

    def _facts_of(self, moves: list[_Move]) -> list[tuple[OrderItemsMoved, Order]]:
        groups: dict[tuple[int, str, str, str], list[_Move]] = defaultdict(list)
        for move in moves:
            way = move.transition
            groups[move.item.order_id, way.event, way.source, way.target].append(move)
        return [
            (
                OrderItemsMoved(
                    event=event,
                    source=source,
                    target=target,
                    what=_named(group),
                    items=[(move.item.pk, shown_quantity(move.quantity), move.split_from) for move in group],
                ),
                self.orders[order_id],
            )
            for (order_id, event, source, target), group in groups.items()
        ]


def _orders(keys: Iterable[int]) -> QuerySet[Order]:
    rows = Order.objects.select_related("process").defer("process__text")
    return rows.filter(pk__in=list(keys)).order_by("pk")


def _named(moves: Iterable[_Move]) -> str:
    """Name quantities and articles: “2 × P-100, 1 × P-200”."""
    text = ", ".join(f"{shown_quantity(move.quantity)} × {move.item.line.product_number}" for move in moves)
    return text if len(text) <= LONGEST_LIST else text[: LONGEST_LIST - 1] + "…"


def _must_be(changed: int, expected: int) -> None:
    if changed != expected:
        raise RuntimeError("an item was changed by somebody who did not hold its order")
