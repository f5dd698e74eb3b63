"""Events of orders."""

from django.utils.translation import gettext_lazy as _

from claimdesk.ledger.event_types import event

_FIELDS = {
    "po_number": _("PO number"),
    "wished_on": _("Wished date"),
    "note": _("Note"),
    "ship_to": _("Ship-to"),
    "quantities": _("Quantities"),
}


@event("order.placed", _("{actor} placed order {number}"), personal=("person",))
class OrderPlaced:
    """`person` is whom staff ordered for, if anybody; `total` is minor units of `currency`.

    `approval` tells whether a manager of the customer must approve first (Order.Approval).
    """

    order_id: int
    number: str
    customer: str
    currency: str
    total: int
    lines: int
    approval: str
    person: str = ""


@event("order.replacement_placed", _("{actor} ordered the replacement {number} for {original}"))
class ReplacementPlaced:
    order_id: int
    number: str
    original_id: int
    original: str
    lines: int


@event("order.changed", _("{actor} changed {fields}"), words={"fields": _FIELDS})
class OrderChanged:
    """`fields` names what was changed, separated by commas."""

    order_id: int
    number: str
    fields: str


@event("order.canceled", _("{actor} canceled the order: {reason}"), personal=("reason",))
class OrderCanceled:
    order_id: int
    number: str
    reason: str


@event("order.approved", _("{actor} approved the order"))
class OrderApproved:
    order_id: int
    number: str
    customer: str


@event("order.denied", _("{actor} did not approve the order: {words}"), personal=("words",))
class OrderDenied:
    """`words` are what the buyer reads."""

    order_id: int
    number: str
    customer: str
    words: str
