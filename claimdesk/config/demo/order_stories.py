"""Stories of orders in the demo world, told through the actions: carts that became orders, shipped, invoiced, paid."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from claimdesk.catalog.models import Product
from claimdesk.config.demo.people import as_himself
from claimdesk.config.demo.register import Firm
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import clock_at
from claimdesk.orders.actions.canceling import cancel_items
from claimdesk.orders.actions.invoices import write_invoice
from claimdesk.orders.actions.items import trigger_event
from claimdesk.orders.actions.orders import place_order
from claimdesk.orders.actions.payments import book_payment
from claimdesk.orders.actions.shipments import deliver_shipment, send_shipment
from claimdesk.orders.models import Order, OrderItem, OrderLine
from claimdesk.orders.wanted import WantedLine
from claimdesk.people.models import User

BUYERS = ("buyer", "manager", "dealer", "buyer", "multi")
NOTES = ("", "", "Please ring before delivery.", "Leave with the porter.")
# What becomes of each order in turn.
FATES = ("fresh", "confirmed", "shipped", "delivered", "paid", "canceled", "part", "paid", "delivered")


def orders_by_hand(
    firms: list[Firm], count: int, seed: int, *, at: datetime, staff: dict[str, Actor]
) -> None:
    """Let the people whom one can sign in as order, and staff do their part, over the forty days before `at`."""
    random = Random(f"order stories/{seed}")
    products = list(Product.objects.filter(withdrawn_at=None).order_by("pk"))
    for place in range(count):
        placed = at - timedelta(days=40) * (1 - (place + 1) / (count + 1))
        fate = FATES[place % len(FATES)] if place < count - 3 else "fresh"
        order = _ordered(random, products, firms, place, at=placed, staff=staff)
        _let_happen(order, fate, after=placed, until=at, staff=staff)


def _ordered(
    random: Random,
    products: list[Product],
    firms: list[Firm],
    place: int,
    *,
    at: datetime,
    staff: dict[str, Actor],
) -> Order:
    lines = [
        WantedLine(product, product.quantity_step * random.choice((1, 2, 3, 5, 10)))
        for product in random.sample(products, random.choice((1, 2, 3, 4)))
    ]
    wishes: dict[str, Any] = {
        "po_number": f"{random.randint(4500, 4999)}-{place}",
        "note": random.choice(NOTES),
    }
    username = BUYERS[place % len(BUYERS)]
    user = User.objects.get(username=username)
    with clock_at(at):
        if place % 7 == 6:
            firm = firms[(5 + place) % len(firms)]
            customer = Customer.objects.get(number=firm.number)
            return place_order(customer, lines=lines, **wishes, by=staff["sales"])
        actor = as_himself(user)
        customer = Customer.objects.get(pk=actor.customer_id or 0)
        return place_order(customer, lines=lines, **wishes, by=actor)


def _let_happen(
    order: Order, fate: str, *, after: datetime, until: datetime, staff: dict[str, Actor]
) -> None:
    steps = {
        "fresh": (),
        "confirmed": (_confirm,),
        "canceled": (_cancel,),
        "part": (_confirm, _ship_part),
        "shipped": (_confirm, _ship, _invoice),
        "delivered": (_confirm, _ship, _invoice, _deliver),
        "paid": (_confirm, _ship, _invoice, _deliver, _pay),
    }
    for number, step in enumerate(steps[fate], start=1):
        with clock_at(min(after + timedelta(days=1.3 * number), until)):
            step(order, staff)


def _confirm(order: Order, staff: dict[str, Actor]) -> None:
    trigger_event(OrderItem.objects.filter(order=order), "confirm", by=staff["sales"])


def _cancel(order: Order, staff: dict[str, Actor]) -> None:
    cancel_items(order, by=staff["sales"])


def _ship(order: Order, staff: dict[str, Actor]) -> None:
    _send(order, {line.pk: line.quantity for line in OrderLine.objects.filter(order=order)}, staff)


def _ship_part(order: Order, staff: dict[str, Actor]) -> None:
    line = OrderLine.objects.filter(order=order).order_by("position")[0]
    half = Decimal(int(line.quantity) // 2 or 1)
    _send(order, {line.pk: half}, staff)


def _send(order: Order, lines: dict[int, Decimal], staff: dict[str, Actor]) -> None:
    tracking = f"00340434{order.pk:012d}"
    send_shipment(order, lines=lines, carrier="DHL", tracking_number=tracking, by=staff["service"])


def _deliver(order: Order, staff: dict[str, Actor]) -> None:
    for shipment in order.shipments.select_related("order").all():
        deliver_shipment(shipment, by=staff["service"])


def _invoice(order: Order, staff: dict[str, Actor]) -> None:
    write_invoice(order, by=staff["finance"])


def _pay(order: Order, staff: dict[str, Actor]) -> None:
    for invoice in order.invoices.select_related("order").all():
        book_payment(invoice=invoice, amount=invoice.open_amount, method="bank transfer", by=staff["finance"])
