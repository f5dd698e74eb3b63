"""The mail that something is on its way."""

from typing import Any

from claimdesk.access.queries.members import reads_papers_of
from claimdesk.kernel.actor import SYSTEM
from claimdesk.kernel.quantities import shown_quantity
from claimdesk.ledger.models import Event
from claimdesk.mail.compose import outcome, post
from claimdesk.mail.links import absolute
from claimdesk.orders.queries.shipments import shipments, tracking_url


def order_shipped(event: Event) -> str:
    """Tell who placed the order, or where nobody who is of the customer now did, the customer."""
    shipment: Any = shipments(SYSTEM).filter(pk=event.data["shipment_id"]).first()
    if shipment is None:
        return "gone"
    order = shipment.order
    buyer = order.placed_by
    if buyer is not None and (buyer.is_staff or not reads_papers_of(buyer, order.customer)):
        buyer = None
    lines = [f"{shown_quantity(item.quantity)} × {item.line.product_name}" for item in shipment.contents]
    context = {
        "customer": order.customer.name,
        "order": order.number,
        "lines": "\n".join(lines),
        "carrier": shipment.carrier,
        "tracking_number": shipment.tracking_number,
        "tracking": tracking_url(shipment.carrier, shipment.tracking_number),
        "link": absolute("portal:order", order.pk),
    }
    to = buyer.email if buyer else order.customer.email
    return outcome(
        post("order_shipped", event=event, to=to, user=buyer, customer=order.customer, context=context)
    )
