"""What products cost: the one place that says so (O7), and the rows of the price list."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from claimdesk.catalog.models import Price, Product
from claimdesk.catalog.permissions import SHOP, VIEW_PRODUCTS
from claimdesk.catalog.pricing import PriceOffer, PriceRow, Whose, best_offer
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import NotAllowed

Wanted = tuple[Product, Decimal]


def prices(actor: Actor) -> QuerySet[Price]:
    """Return the rows of the price list that `actor` may see: staff all, or those that concern no other's customers."""
    if actor.kind == "system":
        return Price.objects.all()
    if not actor.is_staff or actor.is_acting or not actor.may(VIEW_PRODUCTS):
        return Price.objects.none()
    if actor.only_own_customers:
        return Price.objects.filter(Q(customer=None) | Q(customer__representative_id=actor.id))
    return Price.objects.all()


def prices_for(
    customer: Customer | None, wanted: Sequence[Wanted], *, currency: str, on: date, actor: Actor
) -> list[PriceOffer | None]:
    """Return for each product and quantity what it costs the customer on that day, or None where it has no price.

    One query for any number of products. Without a customer, the list prices.
    Raises: NotAllowed, where `actor` may not know what this customer pays.
    """
    _require_prices_of(customer, actor)
    group = customer.price_group if customer else ""
    discount = customer.discount if customer else 0
    rows = _rows_for(customer, {product.pk for product, _quantity in wanted}, currency=currency, on=on)
    return [
        best_offer(rows[product.pk], quantity, currency=currency, discount=discount, group=group)
        for product, quantity in wanted
    ]


def price_steps(
    customer: Customer | None, product: Product, *, currency: str, on: date, actor: Actor
) -> list[tuple[Decimal, PriceOffer]]:
    """Return from which quantities on the product costs the customer less, each with what it costs then.

    Raises: NotAllowed, where `actor` may not know what this customer pays.
    """
    _require_prices_of(customer, actor)
    rows = _rows_for(customer, {product.pk}, currency=currency, on=on)[product.pk]
    discount, group = (customer.discount, customer.price_group) if customer else (0, "")
    steps: list[tuple[Decimal, PriceOffer]] = []
    for quantity in sorted({max(row.quantity_from, product.quantity_minimum) for row in rows}):
        offer = best_offer(rows, quantity, currency=currency, discount=discount, group=group)
        if offer and (not steps or offer != steps[-1][1]):
            steps.append((quantity, offer))
    return steps


def _require_prices_of(customer: Customer | None, actor: Actor) -> None:
    if actor.kind == "system":
        return
    if actor.is_staff and not actor.is_acting:
        actor.require(VIEW_PRODUCTS)
        if customer and actor.only_own_customers and customer.representative_id != actor.id:
            raise NotAllowed("own customers")
        return
    actor.require(SHOP)
    if customer and customer.pk != actor.customer_id:
        raise NotAllowed("own account")


def _rows_for(
    customer: Customer | None, products: set[int], *, currency: str, on: date
) -> defaultdict[int, list[PriceRow]]:
    everybodys = Q(customer=None, price_group="")
    meant = everybodys
    if customer:
        meant |= Q(customer=customer)
        if customer.price_group:
            meant |= Q(customer=None, price_group=customer.price_group)
    valid = (Q(starts_on=None) | Q(starts_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gte=on))
    found = Price.objects.filter(meant, valid, product__in=products, currency=currency)
    rows: defaultdict[int, list[PriceRow]] = defaultdict(list)
    if not products:
        return rows
    names = ("product", "customer", "price_group", "quantity_from", "amount", "per", "starts_on", "ends_on")
    for product, owner, group, *rest in found.values_list(*names):
        whose: Whose = "customer" if owner else "group" if group else "list"
        rows[product].append(PriceRow(whose, *rest))
    return rows
