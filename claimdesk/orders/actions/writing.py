"""Writers of orders and their lines that several actions share; they record nothing."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from claimdesk.company.actions.sequences import next_number
from claimdesk.company.models import Company
from claimdesk.customers.models import Address, Customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import now, today
from claimdesk.kernel.text import fold_number, tidy
from claimdesk.orders.actions.items import enter_items
from claimdesk.orders.models import Allotment, Order, OrderLine
from claimdesk.orders.queries.pricing import LineSums
from claimdesk.people.models import User

NUMBERS = "order"
_FROZEN = ("label", "street", "postcode", "town", "region", "country")


def next_order_number(seller: Company) -> str:
    """Return the next order number: the prefix and a number that only grows; one that an import uses is passed over."""
    while True:
        number = f"{seller.order_prefix}{next_number(NUMBERS):06d}"
        if not Order.objects.filter(number_folded=fold_number(number)).exists():
            return number


def order_of(customer: Customer, *, seller: Company, person: User | None, by: Actor, **fields: Any) -> Order:
    """Return an order of the customer, placed now by `by` or by him for `person`; not saved, nor numbered."""
    return Order(
        customer=customer,
        placed_by_id=person.pk if person else by.id,
        placed_by_name=person.name if person else by.name,
        representative_id=customer.representative_id,
        currency=seller.currency,
        price_mode=seller.price_mode,
        payment_terms=seller.payment_terms,
        ordered_at=now(),
        ordered_on=today(seller.time_zone),
        **fields,
    )


def wishes(*, po_number: str, ship_to: Address | None, wished_on: date | None, note: str) -> dict[str, Any]:
    """Return the fields of an order that say what is wanted beside its lines; the address as it is today."""
    return {
        "po_number": tidy(po_number)[:60],
        "ship_to": ship_to,
        "wished_on": wished_on,
        "note": note.strip(),
        **{f"ship_to_{name}": getattr(ship_to, name) if ship_to else "" for name in _FROZEN},
    }


def lines_of(sums: Sequence[LineSums]) -> list[OrderLine]:
    """Return order lines with today's prices and their reasons; they keep them."""
    return [
        OrderLine(
            position=position,
            product=line.product,
            product_number=line.product.number,
            product_name=line.product.name,
            unit=line.product.unit,
            quantity=line.quantity,
            unit_price=line.offer.unit_price,
            per=line.offer.per,
            discount=line.offer.discount,
            tax_rate=line.product.tax_rate,
            amount=line.amount,
            tax=line.tax,
            price_reason=line.offer.reason,
        )
        for position, line in enumerate(sums, start=1)
        if line.offer
    ]


def write_order(order: Order, lines: Sequence[OrderLine], *, seller: Company, by: Actor) -> None:
    """Insert an order with its lines, their allotments and items; items go on as far as the process lets them."""
    order.number = next_order_number(seller)
    order.save(force_insert=True)
    for line in lines:
        line.order = order
    OrderLine.objects.bulk_create(lines)
    Allotment.objects.bulk_create([Allotment(line=line, ordered=line.quantity) for line in lines])
    enter_items(order, lines, by=by)
