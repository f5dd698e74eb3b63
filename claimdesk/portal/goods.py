"""Products as a customer's people see them: with their price, its reason, a picture, and what lies in the cart."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from claimdesk.catalog.models import Product
from claimdesk.catalog.pricing import PriceOffer
from claimdesk.catalog.queries.prices import prices_for
from claimdesk.catalog.wording import price_reason, quantity_words
from claimdesk.company.models import Company
from claimdesk.customers.models import Customer
from claimdesk.customers.queries.customers import customers
from claimdesk.kernel.clock import today
from claimdesk.orders.queries.carts import quantities_in_cart
from claimdesk.orders.wanted import least_quantity
from claimdesk.web.requests import PageRequest


@dataclass(frozen=True, slots=True)
class Good:
    """A product, fetched `with_first_picture`, and what it costs the customer; without an offer nobody can order it."""

    product: Product
    offer: PriceOffer | None
    in_cart: Decimal = Decimal(0)

    @property
    def price(self) -> int | None:
        """What `per` units cost, after the discount."""
        return self.offer.amount(Decimal(self.offer.per)) if self.offer else None

    @property
    def reason(self) -> str:
        return price_reason(self.offer.reason) if self.offer else ""

    @property
    def per_words(self) -> str:
        """For how much the price is: “per piece”, “for 100 pieces”."""
        per = self.offer.per if self.offer else 1
        words = {"per": per, "unit": self.product.unit}
        return _("per %(unit)s") % words if per == 1 else _("for %(per)s %(unit)s") % words

    @property
    def least(self) -> str:
        """The least quantity as a field of numbers writes it, and so `step`."""
        return plain(least_quantity(self.product))

    @property
    def step(self) -> str:
        return plain(self.product.quantity_step)

    @property
    def stock_words(self) -> str:
        return self.product.stock_words or self.product.get_stock_display()

    @property
    def rule(self) -> str:
        """In which quantities it is sold, where that is not one by one."""
        step, least, unit = self.product.quantity_step, least_quantity(self.product), self.product.unit
        words = {"step": quantity_words(step), "least": quantity_words(least), "unit": unit}
        if step == 1:
            return _("At least %(least)s %(unit)s") % words if least > 1 else ""
        if least == step:
            return _("In steps of %(step)s %(unit)s") % words
        return _("At least %(least)s %(unit)s, in steps of %(step)s") % words


def plain(quantity: Decimal) -> str:
    """Return a quantity as a field of numbers takes it: a point, and no idle zeros."""
    return f"{quantity.normalize():f}"


def customer_in_hand(request: PageRequest) -> Customer:
    """Return the customer for whom the actor acts: read already with his membership, unless staff act."""
    for membership in request.memberships:
        if membership.customer_id == request.actor.customer_id:
            return membership.customer
    return get_object_or_404(customers(request.actor), pk=request.actor.customer_id)


def price_words(seller: Company) -> str:
    """Return what the prices of the shop are: without tax, or with it."""
    return _("Prices with tax") if seller.price_mode == Company.PriceMode.GROSS else _("Prices without tax")


def goods(request: PageRequest, customer: Customer, products: Sequence[Product]) -> list[Good]:
    """Return the products as goods, in their order: two queries for any number."""
    wanted = [(product, least_quantity(product)) for product in products]
    offers = prices_for(
        customer,
        wanted,
        currency=request.seller.currency,
        on=today(request.seller.time_zone),
        actor=request.actor,
    )
    in_cart = quantities_in_cart(request.actor, [product.pk for product in products])
    return [
        Good(product, offer, in_cart.get(product.pk, Decimal(0)))
        for product, offer in zip(products, offers, strict=True)
    ]
