"""No sequence of events, timeouts, crashes and rivals loses an item, moves it twice, or leaves state and history apart.

A model walks real orders at random and looks, after every step, at what is on file (O12, O13).
"""

from collections import Counter, defaultdict
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.clock import clock_at, now
from claimdesk.ledger.models import Event, Timer, subject_key
from claimdesk.orders.actions.items import enter_items, follow_up_items, trigger_event
from claimdesk.orders.actions.moving import TIMEOUT_KIND
from claimdesk.orders.models import Allotment, Order, OrderItem, OrderProcess, Payment
from claimdesk.orders.process import library
from claimdesk.orders.process.definition import MANUAL
from claimdesk.orders.process.engine import timeouts
from claimdesk.orders.process.standing import state_of_order
from claimdesk.orders.queries.processes import process_of
from tests import make
from tests.work import work_off

pytestmark = pytest.mark.django_db
PLACES = st.integers(min_value=0, max_value=30)
walked: Counter[str] = Counter()
SHARES = st.sampled_from([None, 1, 2])


class Crash(BaseException):
    """The process dies here."""


@contextmanager
def dying_after(writes: int):
    """Let the process die at the write of that number; the database then knows nothing of the transaction."""
    left = writes

    def count_down(execute, sql, params, many, context) -> Any:
        nonlocal left
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            left -= 1
            if left < 0:
                raise Crash
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count_down):
        yield


class Orders(RuleBasedStateMachine):
    """Some orders, each under another process, and somebody who does to them whatever can be done."""

    def __init__(self) -> None:
        super().__init__()
        self.left = transaction.atomic()
        self.left.__enter__()
        self.at = now()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.left.__exit__(None, None, None)

    @initialize()
    def place(self) -> None:
        for place, name in enumerate(library.names()):
            text = library.text_of(name)
            process = OrderProcess.objects.create(name=f"{name}-{place}", version=1, text=text, digest=name)
            terms = "prepayment" if place % 2 == 0 else "on_account"
            start = process_of(process).start
            order = make.order(quantities=(3, 2), process=process, payment_terms=terms, state=start)
            OrderItem.objects.filter(order=order).delete()
            enter_items(order, list(order.lines.all()), by=SYSTEM)
        self.started = {item.line_id: item.pk for item in OrderItem.objects.all()}
        self.crash_while_triggering(place=0, event=0, writes=0)  # whatever is walked later, these were met
        self.rival(place=0, first=0, second=0, share=1)

    def chosen(self, place: int) -> tuple[OrderItem, list[str]]:
        """An item, and all manual events, those that may happen to it now three times."""
        items = list(OrderItem.objects.select_related("order__process").order_by("pk"))
        item = items[place % len(items)]
        process = process_of(item.order.process)
        here = [transition.event for transition in process.of_kind(item.state, MANUAL)]
        everywhere = [event.name for event in process.events.values() if event.kind == MANUAL]
        return item, [*here * 3, *everywhere]

    @rule(place=PLACES, event=PLACES, share=SHARES)
    def trigger(self, place: int, event: int, share: int | None) -> None:
        item, events = self.chosen(place)
        quantities = {item.pk: Decimal(share)} if share else None
        with clock_at(self.at):
            (result,) = trigger_event([item], events[event % len(events)], quantities=quantities, by=SYSTEM)
        assert result.moved == (not result.code)
        walked["moves"] += result.moved

    @rule(place=PLACES, events=st.lists(PLACES, min_size=1, max_size=6))
    def trigger_one_after_another_for_all_of_an_order(self, place: int, events: list[int]) -> None:
        for event in events:
            item, possible = self.chosen(place)
            items = list(OrderItem.objects.filter(order=item.order).order_by("pk"))
            with clock_at(self.at):
                results = trigger_event(items, possible[event % len(possible)], by=SYSTEM)
            assert [result.item_id for result in results] == [each.pk for each in items]
            walked["moves"] += sum(result.moved for result in results)

    @rule(place=PLACES, first=PLACES, second=PLACES, share=SHARES)
    def rival(self, place: int, first: int, second: int, share: int | None) -> None:
        """Two people read the same item; the second must not move what he has not seen, be it a rest."""
        item, events = self.chosen(place)
        quantities = {item.pk: Decimal(share)} if share else None
        stale = OrderItem.objects.get(pk=item.pk)
        with clock_at(self.at):
            (won,) = trigger_event([item], events[first % len(events)], quantities=quantities, by=SYSTEM)
            before = OrderItem.objects.get(pk=item.pk)
            (lost,) = trigger_event([stale], events[second % len(events)], by=SYSTEM)
        if won.moved:
            walked["rivals"] += 1
            walked["moves"] += 1
            assert (lost.moved, lost.code) == (False, "already_changed")
            assert OrderItem.objects.get(pk=item.pk).version == before.version

    @rule(place=PLACES, event=PLACES, writes=st.integers(min_value=0, max_value=5))
    def crash_while_triggering(self, place: int, event: int, writes: int) -> None:
        item, events = self.chosen(place)
        with clock_at(self.at):
            self.dying(writes, lambda: trigger_event([item], events[event % len(events)], by=SYSTEM))

    @rule(days=st.integers(min_value=0, max_value=90))
    def wait(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule()
    def work(self) -> None:
        with clock_at(self.at):
            work_off()

    @rule(writes=st.integers(min_value=0, max_value=12))
    def crash_while_working(self, writes: int) -> None:
        with clock_at(self.at):
            self.dying(writes, work_off)

    @rule()
    def ring_again(self) -> None:
        """A worker that died after its deed but before it said so: the same timers ring once more."""
        last = Timer.objects.filter(kind=TIMEOUT_KIND, state="done").order_by("-pk").first()
        if last and not Timer.objects.filter(kind=last.kind, subject=last.subject, state="due").exists():
            Timer.objects.filter(pk=last.pk).update(state="due", attempts=0)
        self.work()

    @rule(place=PLACES)
    def pay(self, place: int) -> None:
        item, _events = self.chosen(place)
        order = item.order
        paid = {"customer": order.customer, "order": order, "amount": order.total, "currency": "EUR"}
        Payment.objects.create(**paid, paid_on=order.ordered_on)
        with clock_at(self.at):
            follow_up_items([order], by=SYSTEM)

    @rule(place=PLACES, held=st.booleans())
    def claim(self, place: int, held: bool) -> None:
        """An open reclamation holds what is free of a line, or lets it go."""
        item, _events = self.chosen(place)
        row = Allotment.objects.get(pk=item.line_id)
        Allotment.objects.filter(pk=row.pk).update(held=row.held + row.free if held else 0)

    def dying(self, writes: int, deed: Any) -> None:
        """Do it and die on the way; what was in hand stays leased until its time is over."""
        try:
            with dying_after(writes):
                deed()
        except Crash:
            walked["crashes"] += 1

    @invariant()
    def nothing_is_lost(self) -> None:
        sums: dict[int, Decimal] = defaultdict(Decimal)
        for item in OrderItem.objects.all():
            assert item.quantity > 0
            sums[item.line_id] += item.quantity
        for row in Allotment.objects.all():
            assert sums[row.pk] == row.ordered

    @invariant()
    def history_leads_to_the_state(self) -> None:
        """Played again from the start, what is remembered ends where items stand, and each moved as often as that."""
        state: dict[int, str] = {}
        quantity: dict[int, Decimal] = {}
        moved: Counter[int] = Counter()
        for item in OrderItem.objects.select_related("line", "order__process"):
            if self.started[item.line_id] == item.pk:
                state[item.pk], quantity[item.pk] = process_of(item.order.process).start, item.line.quantity
        for event in Event.objects.filter(kind="order.items_moved").order_by("pk"):
            for key, amount, split_from in event.data["items"]:
                if split_from:
                    assert state[split_from] == event.data["source"]
                    quantity[split_from] -= Decimal(amount)
                    quantity[key] = Decimal(amount)
                    moved[split_from] += 1
                else:
                    assert state[key] == event.data["source"]
                    moved[key] += 1
                state[key] = event.data["target"]
        for item in OrderItem.objects.all():
            assert (item.state, item.quantity) == (state[item.pk], quantity[item.pk])
            assert item.version == 1 + moved[item.pk]

    @invariant()
    def what_is_canceled_is_out_of_the_order(self) -> None:
        canceled: dict[int, Decimal] = defaultdict(Decimal)
        for item in OrderItem.objects.select_related("order__process"):
            if "canceled" in process_of(item.order.process).states[item.state].flags:
                canceled[item.line_id] += item.quantity
        for row in Allotment.objects.all():
            assert row.canceled == canceled[row.pk]

    @invariant()
    def orders_show_where_their_items_stand(self) -> None:
        for order in Order.objects.select_related("process").prefetch_related("items"):
            states = [item.state for item in order.items.all()]
            assert order.state == state_of_order(process_of(order.process), states)

    @invariant()
    def every_item_that_waits_has_one_timer(self) -> None:
        due = Counter(Timer.objects.filter(kind=TIMEOUT_KIND, state="due").values_list("subject", flat=True))
        for item in OrderItem.objects.select_related("order__process"):
            waits = bool(timeouts(process_of(item.order.process), item.state))
            assert due[subject_key(item)] == int(waits)


def test_no_sequence_loses_an_item_or_moves_it_twice_or_leaves_state_and_history_apart():  # O12 O13
    run_state_machine_as_test(
        Orders,
        settings=settings(
            max_examples=15,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert walked.keys() >= {"moves", "rivals", "crashes"}
