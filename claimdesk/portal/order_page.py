"""What an order's page shows the customer: lines and where each stands, what may be done, what happened (O2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claimdesk.aftersales.queries.claimable import may_claim
from claimdesk.catalog.wording import price_reason
from claimdesk.ledger.models import Event
from claimdesk.ledger.queries.timeline import events_about, sentence_of
from claimdesk.orders.models import Order, OrderItem, OrderLine
from claimdesk.orders.permissions import APPROVE_ORDERS, PLACE_ORDERS
from claimdesk.orders.queries.canceling import can_cancel, can_change
from claimdesk.orders.queries.processes import state_label
from claimdesk.portal.timelines import MOST_EVENTS, who_of
from claimdesk.web.order_papers import Papers, papers_of
from claimdesk.web.requests import PageRequest

# What the account's people read of what happened; notes and marks of staff are not for them.
SHOWN_EVENTS = (
    "order.placed",
    "order.replacement_placed",
    "order.changed",
    "order.canceled",
    "order.approved",
    "order.denied",
    "order.items_moved",
    "shipment.sent",
    "shipment.delivered",
    "invoice.written",
    "payment.booked",
    "order.refunded",
)


@dataclass(frozen=True, slots=True)
class LineState:
    """A quantity of a line and where it stands, in the customer's words."""

    item: OrderItem
    words: str

    @property
    def state(self) -> str:
        return calm(self.item.state)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the order with its items and the reason of its price."""

    line: OrderLine
    states: list[LineState]
    reason: str


def calm(state: str) -> str:
    """Return the code by which a state is coloured for the customer: what is new to us asks nothing of him."""
    return "open" if state == "new" else state


def order_context(request: PageRequest, order: Order) -> dict[str, Any]:
    """Return what the order's templates need besides the order itself."""
    items = list(order.items.select_related("line").order_by("line__position", "pk"))
    actor = request.actor
    orders_for_it = actor.may(PLACE_ORDERS) and actor.customer_id == order.customer_id
    waits = order.approval == Order.Approval.PENDING
    papers = papers_of(order, actor)
    return {
        "lines": _lines(order, items),
        "facts": _facts(order),
        "papers": papers,
        "entries": _entries(order, papers, request.seller.name),
        "may_reorder": actor.may(PLACE_ORDERS),
        "may_claim": may_claim(order, actor),
        "may_cancel": orders_for_it and can_cancel(order, items, actor),
        "may_change": orders_for_it and can_change(order, items),
        "may_decide": waits and actor.may(APPROVE_ORDERS) and actor.customer_id == order.customer_id,
        "waits": waits,
        "is_denied": order.approval == Order.Approval.DENIED,
    }


def _lines(order: Order, items: Iterable[OrderItem]) -> list[ShownLine]:
    by_line: dict[int, list[LineState]] = {}
    for item in items:
        words = state_label(order.process, item.state, for_customer=True)
        by_line.setdefault(item.line_id, []).append(LineState(item, words))
    return [
        ShownLine(
            line, by_line.get(line.pk, []), price_reason(line.price_reason) if line.price_reason else ""
        )
        for line in order.lines.order_by("position")
    ]


def _facts(order: Order) -> list[tuple[str, Any]]:
    return [
        (_("Date"), order.ordered_at),
        (_("PO number"), order.po_number),
        (_("Placed by"), order.placed_by_name),
        (_("Ship to"), order.ship_to_words),
        (_("Wished date"), order.wished_on),
        (_("Payment"), order.get_payment_terms_display()),
        (_("Note"), order.note),
    ]


def _entries(order: Order, papers: Papers, seller: str) -> list[dict[str, Any]]:
    """Return the order's timeline: who of the seller it was, its customer does not read."""
    events = (
        events_about(order, *papers.with_events).filter(kind__in=SHOWN_EVENTS).order_by("-id")[:MOST_EVENTS]
    )
    return [
        {
            "at": event.happened_at,
            "sentence": _sentence(event, order, seller),
            "who": "",
        }
        for event in events
    ]


def _sentence(event: Event, order: Order, seller: str) -> str:
    who = who_of(event, seller=seller)
    if event.kind == "order.items_moved":
        to = state_label(order.process, str(event.data.get("target", "")), for_customer=True)
        return f"{event.data.get('what', '')}: {to}"
    return sentence_of(event, actor=who).rstrip(": ")
