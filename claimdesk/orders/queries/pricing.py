"""What an order would come to: lines, freight, tax, total, by the one rule of rounding (O7, O8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claimdesk.catalog.models import Product
from claimdesk.catalog.pricing import PriceOffer
from claimdesk.catalog.queries.prices import prices_for
from claimdesk.company.models import Company
from claimdesk.customers.models import Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.money import NET, tax_of
from claimdesk.kernel.refused import Refused
from claimdesk.orders.wanted import WantedLine, fault_of


@dataclass(frozen=True, slots=True)
class LineSums:
    """What a wanted line comes to; `fault` says why it cannot be ordered, and then it comes to nothing."""

    product: Product
    quantity: Decimal
    offer: PriceOffer | None
    fault: Refused | None
    amount: int
    tax: int


@dataclass(frozen=True, slots=True)
class OrderSums:
    """What an order comes to, in minor units of `currency`; in gross mode `tax` is inside `total`."""

    currency: str
    price_mode: str
    lines: list[LineSums]
    subtotal: int
    freight: int
    freight_tax_rate: int
    tax: int
    total: int

    @property
    def faults(self) -> list[LineSums]:
        """The lines that cannot be ordered."""
        return [line for line in self.lines if line.fault]


def sums_of(customer: Customer, wanted: Sequence[WantedLine], *, seller: Company, actor: Actor) -> OrderSums:
    """Return what an order of `wanted` by the customer would come to today, in one query for any number of lines."""
    pairs = [(line.product, line.quantity) for line in wanted]
    offers = prices_for(customer, pairs, currency=seller.currency, on=today(seller.time_zone), actor=actor)
    lines = [_line_sums(line, offer, seller.price_mode) for line, offer in zip(wanted, offers, strict=True)]
    subtotal = sum(line.amount for line in lines)
    freight = freight_of(subtotal, seller)
    tax = sum(line.tax for line in lines) + tax_of(freight, seller.freight_tax_rate, seller.price_mode)
    return OrderSums(
        currency=seller.currency,
        price_mode=seller.price_mode,
        lines=lines,
        subtotal=subtotal,
        freight=freight,
        freight_tax_rate=seller.freight_tax_rate,
        tax=tax,
        total=total_of(subtotal, freight, tax, seller.price_mode),
    )


def freight_of(subtotal: int, seller: Company) -> int:
    """Return what the seller asks for freight of an order whose lines come to `subtotal`."""
    is_free = seller.freight_free_from is not None and subtotal >= seller.freight_free_from
    return 0 if is_free else seller.freight


def total_of(subtotal: int, freight: int, tax: int, price_mode: str) -> int:
    """Return the sum of an order's parts."""
    return subtotal + freight + (tax if price_mode == NET else 0)


def _line_sums(line: WantedLine, offer: PriceOffer | None, price_mode: str) -> LineSums:
    fault = fault_of(line, offer)
    amount = 0 if fault or offer is None else offer.amount(line.quantity)
    tax = tax_of(amount, line.product.tax_rate, price_mode)
    return LineSums(line.product, line.quantity, offer, fault, amount, tax)
