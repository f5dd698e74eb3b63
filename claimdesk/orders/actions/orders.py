"""Placing orders: by a customer's people for their account, by staff for customers (O4-O8, O22)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claimdesk.catalog.models import Product
from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.customers.models import Address, Customer
from claimdesk.customers.queries.customers import require_own_customer
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.refused import Refused
from claimdesk.ledger.record import record
from claimdesk.orders.actions.processes import active_process_or_default
from claimdesk.orders.actions.writing import lines_of, order_of, wishes, write_order
from claimdesk.orders.events import OrderPlaced, ReplacementPlaced
from claimdesk.orders.models import Order, OrderLine
from claimdesk.orders.permissions import PLACE_REPLACEMENTS
from claimdesk.orders.queries.ordering import (
    address_for,
    approval_for,
    held,
    refuse_status,
    refuse_wishes,
    require_to_order,
)
from claimdesk.orders.queries.pricing import OrderSums, sums_of
from claimdesk.orders.queries.processes import process_of
from claimdesk.orders.wanted import MOST_LINES, WantedLine, added_up
from claimdesk.people.models import User

REPLACEMENT = {"whose": "replacement"}


@transaction.atomic
def place_order(
    customer: Customer,
    *,
    lines: Sequence[WantedLine],
    po_number: str = "",
    ship_to: Address | None = None,
    wished_on: date | None = None,
    note: str = "",
    key: str = "",
    expected_total: int | None = None,
    for_user: User | None = None,
    by: Actor,
) -> Order:
    """Order for the customer at today's prices, which the lines keep with their reasons (O7).

    Takes: `key`, of the page that asks: the same key of the same customer returns the order that is there already.
    `expected_total`, what was shown; `for_user`, the customer's person for whom staff order.
    Refuses: `customer_new`, `customer_admin`, `customer_inactive` (O5, O6), `no_lines`, `too_many_lines`,
    `price_changed`, `wished_day_past`, `not_a_member`, and what `fault_of` names.
    Records: OrderPlaced.
    """
    require_to_order(customer, by)
    customer, seller = held(customer), company()
    if known := _placed_before(customer, key):
        return known
    refuse_status(customer, by)
    refuse_wishes(customer, ship_to=ship_to, wished_on=wished_on, person=for_user, seller=seller)
    sums = sums_of(customer, _fresh(lines), seller=seller, actor=by)
    _refuse_sums(sums, expected_total)
    goes_to = ship_to or address_for(customer)
    asked = wishes(po_number=po_number, ship_to=goes_to, wished_on=wished_on, note=note)
    fields = asked | _sums(sums) | {"idempotency_key": _key(customer, key)}
    order = _write(customer, sums, fields, person=for_user, seller=seller, by=by)
    record(_placed(order, len(sums.lines), for_user), about=order, user=for_user or by.id, by=by)
    return order


@transaction.atomic
def place_replacement(original: Order, *, lines: Mapping[int, Decimal], key: str = "", by: Actor) -> Order:
    """Order quantities of lines of `original` once more, free of charge, to where that went.

    Takes: `lines`, quantities by the keys of the original's lines.
    Refuses: `no_lines`, `quantity_taken` for more than was ordered, `customer_inactive`.
    Records: ReplacementPlaced.
    """
    by.require(PLACE_REPLACEMENTS)
    require_own_customer(original.customer, by)
    customer, seller = held(original.customer), company()
    if known := _placed_before(customer, key):
        return known
    if customer.state == Customer.Status.INACTIVE:
        refuse_status(customer, by)
    free = _free_lines(original, lines)
    order = order_of(
        customer,
        seller=seller,
        person=original.placed_by,
        by=by,
        replaces=original,
        idempotency_key=_key(customer, key),
        **wishes(po_number=original.po_number, ship_to=original.ship_to, wished_on=None, note=""),
    )
    order.currency, order.payment_terms = original.currency, Order.PaymentTerms.ON_ACCOUNT
    _begin(order)
    write_order(order, free, seller=seller, by=by)
    record(_replaced(order, original, len(free)), about=order, user=original.placed_by_id, by=by)
    return order


def _write(
    customer: Customer,
    sums: OrderSums,
    fields: dict[str, Any],
    *,
    person: User | None,
    seller: Company,
    by: Actor,
) -> Order:
    approval = approval_for(customer, sums.total, seller=seller, by=by)
    order = order_of(customer, seller=seller, person=person, by=by, approval=approval, **fields)
    _begin(order)
    write_order(order, lines_of(sums.lines), seller=seller, by=by)
    return order


def _key(customer: Customer, key: str) -> str | None:
    """Return the key as it is kept: a customer's own, so that nobody is shown another's order."""
    return f"{customer.pk}:{key}"[:80] if key else None


def _placed_before(customer: Customer, key: str) -> Order | None:
    return Order.objects.filter(idempotency_key=_key(customer, key)).first() if key else None


def _fresh(lines: Sequence[WantedLine]) -> list[WantedLine]:
    """Return the lines, each product once and as it is now: it may have been withdrawn since it was chosen."""
    wanted = added_up(lines)
    if not wanted:
        raise Refused("no_lines", _("There is nothing to order."))
    if len(wanted) > MOST_LINES:
        words = _("An order holds at most %(most)s lines; make several of it.")
        raise Refused("too_many_lines", words % {"most": MOST_LINES})
    now = Product.objects.in_bulk([line.product.pk for line in wanted])
    return [WantedLine(now[line.product.pk], line.quantity) for line in wanted]


def _refuse_sums(sums: OrderSums, expected_total: int | None) -> None:
    for line in sums.lines:
        if line.fault:
            raise Refused(line.fault.code, f"{line.product.number}: {line.fault.message}")
    if expected_total is not None and expected_total != sums.total:
        raise Refused("price_changed", _("Prices have changed meanwhile; look at them once more."))


def _sums(sums: OrderSums) -> dict[str, int]:
    names = ("freight", "freight_tax_rate", "subtotal", "tax", "total")
    return {name: getattr(sums, name) for name in names}


def _begin(order: Order) -> None:
    """Give the order the process that is active, and its start for a state."""
    order.process = active_process_or_default()
    order.state = process_of(order.process).start


def _free_lines(original: Order, quantities: Mapping[int, Decimal]) -> list[OrderLine]:
    lines = list(OrderLine.objects.filter(order=original, pk__in=list(quantities)).order_by("position"))
    if not lines:
        raise Refused("no_lines", _("There is nothing to order."))
    if any(not 0 < quantities[line.pk] <= line.quantity for line in lines):
        raise Refused("quantity_taken", _("More than nothing, and at most what was ordered."))
    return [
        OrderLine(
            position=position,
            product_id=line.product_id,
            product_number=line.product_number,
            product_name=line.product_name,
            unit=line.unit,
            quantity=quantities[line.pk],
            unit_price=0,
            per=line.per,
            tax_rate=line.tax_rate,
            amount=0,
            price_reason=REPLACEMENT,
        )
        for position, line in enumerate(lines, start=1)
    ]


def _placed(order: Order, lines: int, person: User | None) -> OrderPlaced:
    return OrderPlaced(
        order_id=order.pk,
        number=order.number,
        customer=order.customer.name,
        currency=order.currency,
        total=order.total,
        lines=lines,
        approval=order.approval,
        person=person.name if person else "",
    )


def _replaced(order: Order, original: Order, lines: int) -> ReplacementPlaced:
    return ReplacementPlaced(
        order_id=order.pk,
        number=order.number,
        original_id=original.pk,
        original=original.number,
        lines=lines,
    )
