"""From cart to order, and from order back into the cart."""

from dataclasses import dataclass

from django.db import transaction

from claimdesk.catalog.queries.prices import prices_for
from claimdesk.catalog.queries.products import products
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.orders.actions.carts import add_to_cart
from claimdesk.orders.actions.orders import place_order
from claimdesk.orders.models import Cart, Order, OrderLine
from claimdesk.orders.queries.carts import quantities_in_cart
from claimdesk.orders.wanted import MOST_LINES, WantedLine, added_up, fault_of


@dataclass(frozen=True, slots=True)
class Reordered:
    """What came into the cart once more, and what did not, each with why."""

    taken: list[WantedLine]
    left_out: list[tuple[OrderLine, str]]


@transaction.atomic
def order_cart(customer: Customer, *, key: str, expected_total: int, by: Actor) -> Order:
    """Order what lies in the actor's cart at `customer`, and empty it.

    Takes: `key`, of the page that asks: whoever presses twice gets the order that is there already.
    Refuses: what `place_order` refuses.
    Records: OrderPlaced.
    """
    cart = (
        Cart.objects.select_for_update(of=("self",))
        .select_related("ship_to")
        .filter(user_id=by.id or 0, customer=customer)
        .first()
    )
    if cart is None:
        return place_order(customer, lines=[], key=key, expected_total=expected_total, by=by)
    order = place_order(
        customer,
        lines=[WantedLine(line.product, line.quantity) for line in cart.lines.select_related("product")],
        po_number=cart.po_number,
        ship_to=cart.ship_to,
        wished_on=cart.wished_on,
        note=cart.note,
        key=key,
        expected_total=expected_total,
        by=by,
    )
    # A page that was left open may name an order of before; what was put in since then stays.
    if cart.updated_at <= order.ordered_at:
        cart.delete()
    return order


@transaction.atomic
def reorder(order: Order, *, by: Actor) -> Reordered:
    """Put what was ordered into the actor's cart once more, at today's prices; what cannot be ordered stays out.

    Refuses: `cart_full`.
    Records: nothing.
    """
    lines = list(order.lines.order_by("position"))
    known = products(by).in_bulk([line.product_id for line in lines if line.product_id])
    wanted = added_up(
        WantedLine(known[line.product_id], line.quantity) for line in lines if line.product_id in known
    )
    lies = quantities_in_cart(by, known)
    pairs = [(each.product, each.quantity + lies.get(each.product.pk, 0)) for each in wanted]
    seller = company()
    offers = prices_for(order.customer, pairs, currency=seller.currency, on=today(seller.time_zone), actor=by)
    faults = {
        each.product.pk: fault_of(WantedLine(*pair), offer)
        for each, pair, offer in zip(wanted, pairs, offers, strict=True)
    }
    taken = [each for each in wanted if faults[each.product.pk] is None][:MOST_LINES]
    if taken:
        add_to_cart(order.customer, lines=taken, by=by)
    left_out = []
    for line in lines:
        fault = faults.get(line.product_id or 0)
        if line.product_id not in known or fault:
            left_out.append((line, fault.message if fault else ""))
    return Reordered(taken, left_out)
