"""Filling a cart. A cart is its owner's scribble until it is ordered, so none of this is recorded."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.catalog.pricing import PriceOffer
from claimdesk.catalog.queries.prices import prices_for
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.orders.models import Cart, CartLine
from claimdesk.orders.permissions import PLACE_ORDERS
from claimdesk.orders.queries.carts import priced
from claimdesk.orders.wanted import MOST_LINES, WantedLine, added_up, fault_of

SEEN = ["seen_unit_price", "seen_per", "seen_discount", "seen_currency"]


@transaction.atomic
def add_to_cart(customer: Customer, *, lines: Sequence[WantedLine], by: Actor) -> Cart:
    """Put products into the actor's cart at `customer`, on top of what lies there.

    Refuses: `cart_full`, and what `fault_of` names.
    Records: nothing.
    """
    owner = _require_own(customer.pk, by)
    cart = _own_cart(customer, owner)
    there = {line.product_id: line for line in cart.lines.select_related("product")}
    wanted = [
        WantedLine(each.product, each.quantity + there[each.product.pk].quantity)
        if each.product.pk in there
        else each
        for each in added_up(lines)
    ]
    if len(there.keys() | {each.product.pk for each in wanted}) > MOST_LINES:
        words = _("A cart holds %(most)s products. Order some of them first.")
        raise Refused("cart_full", words % {"most": MOST_LINES})
    _write(cart, there, wanted, by)
    return cart


@transaction.atomic
def change_cart_line(line: CartLine, *, quantity: Decimal, by: Actor) -> None:
    """Have another quantity of a product in the cart; nothing takes it out.

    Refuses: what `fault_of` names.
    Records: nothing.
    """
    _require_own_cart(line.cart, by)
    if quantity == 0:
        CartLine.objects.filter(pk=line.pk).delete()
        return
    _write(line.cart, {line.product_id: line}, [WantedLine(line.product, quantity)], by)


@transaction.atomic
def change_cart(
    cart: Cart, *, po_number: str, ship_to: Address | None, wished_on: date | None, note: str, by: Actor
) -> None:
    """Say what the order will need besides its lines.

    Refuses: `wished_day_past`.
    Records: nothing.
    """
    _require_own_cart(cart, by)
    if ship_to is not None and ship_to.customer_id != cart.customer_id:
        raise NotAllowed("own addresses")
    if wished_on is not None and wished_on < today(company().time_zone):
        raise Refused("wished_day_past", _("The wished date is over."))
    fields = {"po_number": po_number, "ship_to": ship_to, "wished_on": wished_on, "note": note}
    Cart.objects.filter(pk=cart.pk).update(**fields, updated_at=now())


@transaction.atomic
def accept_prices(cart: Cart, *, by: Actor) -> None:
    """Keep that the person has seen today's prices of what lies in the cart.

    Records: nothing.
    """
    _require_own_cart(cart, by)
    lines = list(cart.lines.select_related("product"))
    for each in priced(cart, lines, seller=company(), actor=by):
        _see(each.line, each.offer)
    CartLine.objects.bulk_update(lines, SEEN)


def _require_own(customer_id: int, by: Actor) -> int:
    """Return whose cart it is: the actor's own, at the customer in hand."""
    by.require(PLACE_ORDERS)
    if by.id is None or by.customer_id != customer_id:
        raise NotAllowed("own cart")
    return by.id


def _require_own_cart(cart: Cart, by: Actor) -> None:
    _require_own(cart.customer_id, by)
    if cart.user_id != by.id:
        raise NotAllowed("own cart")


def _own_cart(customer: Customer, owner: int) -> Cart:
    """Return the cart, made where there is none, held until the transaction ends."""
    while True:  # the one that was there may be ordered, and so be gone, while we wait for it
        Cart.objects.get_or_create(user_id=owner, customer=customer)
        cart = Cart.objects.select_for_update().filter(user_id=owner, customer=customer).first()
        if cart is not None:
            return cart


def _write(cart: Cart, there: dict[int, CartLine], wanted: Iterable[WantedLine], by: Actor) -> None:
    """Set these quantities, each with the price that it has now."""
    wanted = list(wanted)
    seller = company()
    pairs = [(each.product, each.quantity) for each in wanted]
    offers = prices_for(cart.customer, pairs, currency=seller.currency, on=today(seller.time_zone), actor=by)
    new: list[CartLine] = []
    changed: list[CartLine] = []
    for each, offer in zip(wanted, offers, strict=True):
        if fault := fault_of(each, offer):
            raise Refused(fault.code, f"{each.product.name}: {fault.message}")
        line = there.get(each.product.pk) or CartLine(cart=cart, product=each.product)
        line.quantity = each.quantity
        _see(line, offer)
        (changed if line.pk else new).append(line)
    CartLine.objects.bulk_create(new)
    CartLine.objects.bulk_update(changed, ["quantity", *SEEN])
    Cart.objects.filter(pk=cart.pk).update(updated_at=now())


def _see(line: CartLine, offer: PriceOffer | None) -> None:
    line.seen_unit_price = offer.unit_price if offer else None
    line.seen_per = offer.per if offer else 1
    line.seen_discount = offer.discount if offer else 0
    line.seen_currency = offer.currency if offer else ""
