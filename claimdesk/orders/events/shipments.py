"""What happened to shipments, in the past tense."""

from django.utils.translation import gettext_lazy as _

from claimdesk.kernel.dates import DayWords
from claimdesk.ledger.event_types import event


@event("shipment.sent", _("{actor} shipped {what} of order {order} with {carrier}"))
class ShipmentSent:
    shipment_id: int
    number: str
    order: str
    what: str
    carrier: str
    tracking_number: str = ""


@event("shipment.changed", _("{actor} changed shipment {number}: {carrier} {tracking_number}"))
class ShipmentChanged:
    shipment_id: int
    number: str
    carrier: str
    tracking_number: str


@event(
    "shipment.delivered",
    _("Shipment {number} was delivered on {delivered_on}"),
    words={"delivered_on": DayWords()},
)
class ShipmentDelivered:
    shipment_id: int
    number: str
    delivered_on: str
    return_by_on: str
