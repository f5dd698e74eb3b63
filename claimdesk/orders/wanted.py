"""What somebody wants to order: a product and a quantity, and what speaks against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from claimdesk.catalog.models import Product
from claimdesk.catalog.pricing import PriceOffer
from claimdesk.catalog.wording import quantity_words
from claimdesk.kernel import money
from claimdesk.kernel.quantities import DECIMALS, LARGEST
from claimdesk.kernel.refused import Refused

MOST_LINES = 500  # of an order, and so of a cart and of a list that fills it


@dataclass(frozen=True, slots=True)
class WantedLine:
    """A quantity of a product."""

    product: Product
    quantity: Decimal


def least_quantity(product: Product) -> Decimal:
    """Return the least that can be ordered: the minimum, in whole steps."""
    steps = (product.quantity_minimum / product.quantity_step).to_integral_value(ROUND_CEILING)
    return steps * product.quantity_step


def fault_of(wanted: WantedLine, offer: PriceOffer | None) -> Refused | None:
    """Return why that cannot be ordered at that offer, or None: the code for programs, the words for people.

    One of `withdrawn`, `no_price`, `quantity_not_positive`, `quantity_too_large`, `quantity_minimum`, `quantity_step`.
    """
    product, quantity = wanted.product, wanted.quantity
    words = {"unit": product.unit, "least": quantity_words(least_quantity(product))}
    if product.is_withdrawn:
        return Refused("withdrawn", _("This product is not sold any more."))
    if quantity <= 0:
        return Refused("quantity_not_positive", _("The quantity must be more than nothing."))
    if quantity > LARGEST or -int(quantity.as_tuple().exponent) > DECIMALS:
        return Refused("quantity_too_large", _("That is more than anybody can order."))
    if quantity < product.quantity_minimum:
        return Refused("quantity_minimum", _("At least %(least)s %(unit)s must be ordered.") % words)
    if quantity % product.quantity_step:
        words["step"] = quantity_words(product.quantity_step)
        return Refused("quantity_step", _("It is sold in steps of %(step)s %(unit)s.") % words)
    if offer is None:
        return Refused("no_price", _("This product has no price for you yet; please ask us."))
    if offer.amount(quantity) >= money.LARGEST:
        return Refused("quantity_too_large", _("That is more than anybody can order."))
    return None


def added_up(lines: Iterable[WantedLine]) -> list[WantedLine]:
    """Return the lines with each product once, in the order in which they came."""
    quantities: dict[int, Decimal] = {}
    named: dict[int, Product] = {}
    for line in lines:
        named.setdefault(line.product.pk, line.product)
        quantities[line.product.pk] = quantities.get(line.product.pk, Decimal(0)) + line.quantity
    return [WantedLine(product, quantities[key]) for key, product in named.items()]
