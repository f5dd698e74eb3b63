"""What of an order can be claimed now, and by whom (R3, R8, R9)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max
from django.utils.translation import gettext as _

from claimdesk.access.queries.papers import customers_of_papers
from claimdesk.aftersales.permissions import EDIT_RECLAMATIONS, OPEN_OWN_RECLAMATIONS
from claimdesk.company.models import Company
from claimdesk.company.queries.company import company
from claimdesk.kernel import dates
from claimdesk.kernel.actor import Actor
from claimdesk.kernel.clock import today
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.kernel.refused import NotAllowed, Refused
from claimdesk.orders.models import Allotment, Order, OrderItem, OrderLine, Shipment
from claimdesk.orders.process.definition import SHIPPED
from claimdesk.orders.queries.processes import process_of


def claimable_lines(order: Order) -> list[OrderLine]:
    """Return the order's lines with their allotments; `line.allotment.free` is what can be claimed of each (R8)."""
    return list(
        OrderLine.objects.filter(order=order).select_related("allotment", "product").order_by("position")
    )


def refuse_unless_on(seller: Company) -> None:
    """Refuse everything while the seller has switched reclamations off (R10)."""
    if not seller.reclamations_on:
        raise Refused("reclamations_off", _("Reclamations are switched off."))


def refuse_unless_may_claim(order: Order, by: Actor) -> None:
    """Raise NotAllowed, or Refused with the reason, unless `by` may open a reclamation on the order now (R9, R10).

    Staff may at any time, on the orders that they see; customers' people where the seller lets them, in time.
    """
    seller = company()
    refuse_unless_on(seller)
    if by.kind == "system" or (by.is_staff and not by.is_acting):
        require_staff(order, EDIT_RECLAMATIONS, by)
        return
    by.require(OPEN_OWN_RECLAMATIONS)
    if order.customer_id not in customers_of_papers(by):
        raise NotAllowed("own orders")
    if not seller.customers_may_claim:
        raise Refused("customers_may_not_claim", _("Please write to us or call: claims are opened by us."))
    last_day = claim_until(order, seller)
    if today() > last_day:
        message = _("The time to claim on this order ended on %(day)s. Please write to us or call.")
        raise Refused("claim_window_over", message % {"day": dates.day(last_day)})


def require_staff(order: Order, permission: str, by: Actor) -> None:
    """Raise NotAllowed unless `by` holds `permission`, and on orders of customers that are his to see."""
    by.require(permission)
    if by.only_own_customers and order.customer.representative_id != by.id:
        raise NotAllowed("own customers")


def may_claim(order: Order, actor: Actor) -> bool:
    """Tell whether `actor` may open a reclamation on the order now."""
    try:
        refuse_unless_may_claim(order, actor)
    except (NotAllowed, Refused):
        return False
    return True


def claim_until(order: Order, seller: Company) -> date:
    """Return the last day on which the customer may claim: counted from the last delivery, else from the order."""
    days = Shipment.objects.filter(order=order).aggregate(
        shipped=Max("shipped_on"), arrived=Max("delivered_on")
    )
    last = max(day for day in (order.ordered_on, days["shipped"], days["arrived"]) if day)
    return last + timedelta(days=seller.claim_window_days)


def checked_quantities(order: Order, lines: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Return the claimed quantities by line; refuse what is none, foreign, zero, or a part of what has no parts.

    How much is free is the allotment's to say, under guard.
    """
    if not lines:
        raise Refused("no_lines", _("Choose at least one item."))
    known = {line.pk: line for line in _lines(order, lines)}
    for key, quantity in lines.items():
        line = known.get(key)
        if line is None:
            raise Refused("foreign_line", _("This item belongs to another order."))
        if quantity <= 0:
            raise Refused("quantity_not_positive", _("A quantity must be more than zero."))
        if not has_parts(line) and quantity % 1:
            message = _("%(article)s comes in whole pieces only.") % {"article": line.product_name}
            raise Refused("quantity_step", message)
    return dict(lines)


def refuse_unless_shipped(order: Order, wanted: Mapping[int, Decimal]) -> None:
    """Refuse `not_shipped` to send once more what has not left the house yet (R8).

    It has by its shipments, or by the states of its items where nobody notes shipments.
    """
    states = process_of(order.process).states
    gone: dict[int, Decimal] = defaultdict(Decimal)
    for item in OrderItem.objects.filter(order=order, line_id__in=list(wanted)):
        if SHIPPED in states[item.state].flags:
            gone[item.line_id] += item.quantity
    for allotment in Allotment.objects.filter(pk__in=list(wanted)).select_related("line"):
        shipped = max(allotment.shipped, gone[allotment.pk])
        if wanted[allotment.pk] > shipped:
            message = _("Of %(article)s %(shipped)s is shipped: what is not needs no replacement.")
            values = {"article": allotment.line.product_name, "shipped": shown_quantity(shipped)}
            raise Refused("not_shipped", message % values)


def has_parts(line: OrderLine) -> bool:
    """Tell whether a part of a piece can be claimed: it was sold by fractions, or can be."""
    step = line.product.quantity_step if line.product else Decimal(1)
    return any(each % 1 for each in (line.quantity, step))


def _lines(order: Order, keys: Iterable[int]) -> Iterable[OrderLine]:
    return OrderLine.objects.filter(order=order, pk__in=list(keys)).select_related("product")
