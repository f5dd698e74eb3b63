"""What a process has done: who triggers an event needs the permission of its command, whatever the process says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from claimdesk.kernel.actor import SYSTEM, Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.models import Event
from claimdesk.orders.actions.changes import cancel_order
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.items import follow_up_items, trigger_event
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.processes import save_process
from claimdesk.orders.actions.shipments import send_shipment
from claimdesk.orders.models import Invoice, Order, OrderItem, Refund
from claimdesk.orders.permissions import (
    CHANGE_ORDERS,
    EDIT_INVOICES,
    EDIT_SHIPMENTS,
    REFUND,
    TRIGGER_ITEM_EVENTS,
)
from claimdesk.orders.process.library import text_of
from claimdesk.orders.process.rights import NEEDED
from claimdesk.orders.process.vocabulary import COMMANDS
from claimdesk.orders.queries.items import offered_events
from tests import make

pytestmark = pytest.mark.django_db

PROCESS = """\
name = "{kind}"
start = "new"
happy_path = ["new", "done"]

[state.new]
label = "New"

[state.done]
label = "Done"
flags = ["{flag}", "final"]

[event.finish]
kind = "{kind}"
label = "Finish"
command = "{command}"

[[transition]]
event = "finish"
from = "new"
to = "done"
"""


def order_under(command: str, *, kind: str = "manual", flag: str = "shipped") -> Order:
    stored = save_process(PROCESS.format(command=command, kind=kind, flag=flag), by=SYSTEM)
    return make.order(process=stored)


def holding(*permissions: str) -> Actor:
    return replace(make.STAFF, permissions=frozenset({TRIGGER_ITEM_EVENTS, *permissions}))


def items_of(order: Order) -> list[OrderItem]:
    return list(OrderItem.objects.filter(order=order))


def test_every_command_names_the_permission_that_it_asks():  # O9 A83
    assert set(NEEDED) == set(COMMANDS)


@pytest.mark.parametrize("command", NEEDED)
def test_a_command_asks_its_permission_of_whom_triggers_the_event(command: str):  # O12 O17 O18
    order = order_under(command)
    may_move = holding()

    results = trigger_event(items_of(order), "finish", by=may_move)

    assert [(each.moved, each.code) for each in results] == [(False, "not_allowed")]
    assert items_of(order)[0].state == "new"
    assert not Invoice.objects.exists()
    assert not Refund.objects.exists()
    assert not Event.objects.filter(kind="order.items_moved").exists()


@pytest.mark.parametrize("command", NEEDED)
def test_an_event_is_offered_to_those_only_who_may_have_its_command_done(command: str):  # O12
    order = order_under(command)
    (item,) = items_of(order)

    assert offered_events(order, [item], holding()) == {item.pk: []}
    assert [each.name for each in offered_events(order, [item], holding(NEEDED[command]))[item.pk]] == [
        "finish"
    ]


def test_who_may_invoice_invoices_by_an_event():  # O12 O17
    order = order_under("invoice")

    (result,) = trigger_event(items_of(order), "finish", by=holding(EDIT_INVOICES))

    assert result.moved
    assert Invoice.objects.get().total == 1190


def test_who_may_refund_refunds_by_an_event():  # O12 O18
    order = order_under("refund")
    write_invoice(order, by=make.STAFF)

    (result,) = trigger_event(items_of(order), "finish", by=holding(REFUND))

    assert result.moved
    assert Refund.objects.get().amount == 1190


def test_what_happens_by_itself_acts_on_the_sellers_authority():  # O9 O17
    order = order_under("invoice", kind="automatic")

    follow_up_items([order], by=holding())

    assert items_of(order)[0].state == "done"
    assert Invoice.objects.get().total == 1190


def test_shipping_does_not_lend_the_right_to_invoice():  # O16 O17
    order = order_under("invoice")
    (line,) = order.lines.all()
    shipper = replace(make.STAFF, permissions=frozenset({EDIT_SHIPMENTS}))

    with pytest.raises(Refused) as refusal:
        send_shipment(order, lines={line.pk: Decimal(1)}, by=shipper)

    assert refusal.value.code == "not_allowed"
    assert not Invoice.objects.exists()
    assert not order.shipments.exists()


def test_canceling_by_an_event_that_refunds_asks_for_the_right_to_refund():  # O18 O25
    stored = save_process(text_of("prepayment"), by=SYSTEM)
    order = make.order(process=stored, state="paid", payment_terms="prepayment")
    book_payment(order=order, amount=1190, by=make.STAFF)
    sales = holding(CHANGE_ORDERS)

    with pytest.raises(Refused) as refusal:
        cancel_order(order, by=sales)
    (result,) = trigger_event(items_of(order), "cancel_paid", by=sales)

    assert refusal.value.code == "not_cancelable"
    assert result.code == "not_allowed"
    assert not Refund.objects.exists()
    cancel_order(order, by=holding(CHANGE_ORDERS, REFUND))
    assert Refund.objects.get().amount == 1190
