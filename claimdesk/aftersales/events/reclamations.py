"""Events of reclamations."""

from django.utils.translation import gettext_lazy as _

from claimdesk.aftersales.wording import FIELDS, WISHES
from claimdesk.ledger.event_types import event


@event(
    "reclamation.opened",
    _("{actor} opened reclamation {number} on order {order}, wish: {wish}"),
    words={"wish": WISHES},
)
class ReclamationOpened:
    """`follows` is the number of the reclamation that it takes up again, or nothing."""

    reclamation_id: int
    number: str
    order_id: int
    order: str
    wish: str
    is_by_customer: bool = False
    follows: str = ""


@event(
    "reclamation.edited",
    _("{actor} changed {fields} of reclamation {number}"),
    words={"fields": FIELDS},
)
class ReclamationEdited:
    reclamation_id: int
    number: str
    fields: str


@event(
    "reclamation.items_triggered",
    _("{actor} triggered “{event_label}” on {moved} of {asked} items of reclamation {number}"),
)
class ReclamationItemsTriggered:
    """`event` is the name in the order process, `event_label` what it was called on that day."""

    reclamation_id: int
    number: str
    event: str
    event_label: str
    moved: int
    asked: int


@event("reclamation.refunded", _("{actor} refunded {amount} by reclamation {number}"))
class ReclamationRefunded:
    """`amount` is written with its currency; `minor` is the same in minor units."""

    reclamation_id: int
    number: str
    amount: str
    minor: int
    currency: str


@event("reclamation.marked_refunded", _("{actor} marked reclamation {number} as refunded"))
class ReclamationMarkedRefunded:
    """A mark for people: it moves neither money nor items (O19)."""

    reclamation_id: int
    number: str


@event("reclamation.unmarked_refunded", _("{actor} took the mark “refunded” from reclamation {number}"))
class ReclamationUnmarkedRefunded:
    reclamation_id: int
    number: str


@event("reclamation.replaced", _("{actor} sent a replacement by order {order} for reclamation {number}"))
class ReclamationReplaced:
    reclamation_id: int
    number: str
    order_id: int
    order: str


@event("reclamation.parts_sent", _("{actor} sent parts for reclamation {number}: {parts}"))
class ReclamationPartsSent:
    """`parts` says in words which."""

    reclamation_id: int
    number: str
    parts: str


@event("reclamation.noted", _("{actor} wrote an internal note on reclamation {number}"))
class ReclamationNoted:
    """The note itself is kept in the thread, which staff alone read."""

    reclamation_id: int
    number: str


@event("reclamation.closed", _("{actor} closed reclamation {number}"))
class ReclamationClosed:
    """`unfinished` is how many lines were left; `reason` says why."""

    reclamation_id: int
    number: str
    order_id: int
    order: str
    unfinished: int
    reason: str = ""
