"""Carts: each person's own at each customer, priced as of now (O4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from claimdesk.catalog.models import Product
from claimdesk.catalog.pricing import PriceOffer
from claimdesk.catalog.queries.pictures import with_first_picture
from claimdesk.catalog.queries.prices import prices_for
from claimdesk.company.models import Company
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.refused import Refused
from claimdesk.orders.models import Cart, CartLine
from claimdesk.orders.wanted import WantedLine, fault_of


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line of a cart with what it costs now; `fault` says why it cannot be ordered any more."""

    line: CartLine
    offer: PriceOffer | None
    fault: Refused | None

    @property
    def amount(self) -> int:
        return 0 if self.fault or self.offer is None else self.offer.amount(self.line.quantity)

    @property
    def seen_amount(self) -> int | None:
        """What the line would cost at the price that the person saw last; None where he saw none."""
        if self.line.seen_unit_price is None or self.offer is None:
            return None
        seen = PriceOffer(
            self.line.seen_unit_price, self.line.seen_per, self.line.seen_discount, self.offer.currency, {}
        )
        return seen.amount(self.line.quantity) if self.line.seen_currency == seen.currency else None

    @property
    def has_changed(self) -> bool:
        """Tell whether the price is another than the person saw."""
        return not self.fault and self.seen_amount not in (None, self.amount)


def carts(actor: Actor) -> QuerySet[Cart]:
    """Return the actor's own cart at the customer in hand, at most one."""
    return Cart.objects.filter(user_id=actor.id or 0, customer_id=actor.customer_id or 0)


def cart_lines(actor: Actor) -> QuerySet[CartLine]:
    """Return the lines of the actor's cart at the customer in hand, in the order in which they came."""
    own = CartLine.objects.filter(cart__in=carts(actor))
    return own.select_related("product", "cart").order_by("added_at", "pk")


def lines_to_show(actor: Actor) -> list[CartLine]:
    """Return the lines of the actor's cart with its customer, and the products with their pictures' keys."""
    products = Prefetch("product", with_first_picture(Product.objects.all()))
    own = CartLine.objects.filter(cart__in=carts(actor)).order_by("added_at", "pk")
    return list(own.select_related("cart__customer").prefetch_related(products))


def quantities_in_cart(actor: Actor, products: Iterable[int]) -> dict[int, Decimal]:
    """Return how much of each of the products lies in the actor's cart."""
    found = CartLine.objects.filter(cart__in=carts(actor), product__in=list(products))
    return dict(found.values_list("product", "quantity"))


def priced(cart: Cart, lines: Iterable[CartLine], *, seller: Company, actor: Actor) -> list[PricedLine]:
    """Return the lines with today's prices of the cart's customer, in one query for any number."""
    lines = list(lines)
    offers = prices_for(
        cart.customer,
        [(line.product, line.quantity) for line in lines],
        currency=seller.currency,
        on=today(seller.time_zone),
        actor=actor,
    )
    return [
        PricedLine(line, offer, fault_of(WantedLine(line.product, line.quantity), offer))
        for line, offer in zip(lines, offers, strict=True)
    ]
